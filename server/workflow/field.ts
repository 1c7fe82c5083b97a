import type { Text } from './text.ts'

export type FieldType = 'string' | 'number' | 'money' | 'boolean' | 'instant' | 'duration' | 'list' | 'object'

/** A field a condition may read: its path in the run's data, its type and its name in words. */
export interface FieldSpec {
  /** Dotted path such as `order.paidFen`; list items are read through `some` / `all` over the list. */
  readonly path: string
  readonly type: FieldType
  readonly name: Text
  /** Unit in words for numbers: 件, km, 分钟. */
  readonly unit?: Text
  /** How a number is shown that is none of a quantity: minutes of the day as 22:30, the days 1–7 as 周一…周日. */
  readonly shown?: 'clock' | 'weekday'
  /** For lists: the fields of one entry, with paths relative to it. */
  readonly entry?: readonly FieldSpec[]
  /** True for a field whose paths below it are not known in advance (the raw source document). */
  readonly open?: boolean
  /** True for a field that may be empty. JsonLogic counts empty as 0, so the checker warns where that decides. */
  readonly optional?: boolean
  /** True for what identifies a buyer: sentences and step records show it masked. */
  readonly personal?: boolean
  /** The usual values in words, for fields that hold a code. */
  readonly options?: readonly { readonly value: string; readonly name: Text }[]
}
