import type { FieldSpec, FieldType } from '../field.ts'
import type { Text } from '../text.ts'

/** What an operator takes and gives, for the checker; `same` for operands that must be of one kind. */
export type OperandType = FieldType | 'any' | 'same'

interface Described {
  /** Fewest and most arguments. */
  readonly args: readonly [least: number, most: number]
  /** Types by position; the last one holds for all that follow. */
  readonly takes: readonly OperandType[]
  readonly gives: OperandType
  /** How it reads: `{0}`, `{1}` are the operands, `{all}` all of them in a row. */
  readonly words: Text
  /** How it reads between instants, where that differs. */
  readonly instantWords?: Text
  /** How the number it gives is shown, where its digits alone do not say it. */
  readonly shown?: FieldSpec['shown']
  /** True for the operators JsonLogic does not have. */
  readonly ours?: true
}

/** Its arguments are worked out first, then applied. */
export interface ValueOperator extends Described {
  readonly kind: 'value'
  readonly apply: (...args: unknown[]) => unknown
}

/**
 * Worked out by the compiler itself: `data` operators read the data, `choice` operators decide which of
 * their arguments are worked out, `each` operators work out their second argument once per list entry.
 */
interface SpecialOperator extends Described {
  readonly kind: 'data' | 'choice' | 'each'
}

export type Operator = ValueOperator | SpecialOperator

/** Operators of one kind, by name. */
export type Operators = Readonly<Record<string, Operator>>

/** As many arguments as anyone needs. */
export const MANY = 1_000

/** Words that read the same in both languages. */
export const both = (words: string): Text => ({ zh: words, en: words })
