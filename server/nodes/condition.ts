import { Type } from 'typebox'
import type { FieldSpec } from '../workflow/field.ts'
import type { Evaluate } from '../workflow/logic/comparisons.ts'
import { compileLogic } from '../workflow/logic/compile.ts'
import { explainCondition } from '../workflow/logic/explain.ts'
import { siteReader } from '../workflow/logic/read-sites.ts'
import { fieldsNoted, type NotedField } from '../workflow/logic/reads.ts'
import { truthy } from '../workflow/logic/values.ts'
import type { Text } from '../workflow/text.ts'
import { formatValue } from '../workflow/words.ts'
import { knownFields, stockFieldsOf } from './fields.ts'
import { type Hint, hint } from './hints.ts'
import { isFreeText, maskMobiles } from './mask-mobiles.ts'
import type { RunData } from './node-type.ts'

/** The param of a condition: JsonLogic over the fields in scope. */
export function ConditionParam(zh: string, en: string, more: Omit<Hint, 'zh' | 'en'> = {}) {
  return Type.Unknown(hint(zh, en, { as: 'condition', ...more }))
}

/** A condition ready to be asked, and to say what it saw. */
export interface Condition {
  /** Its value, which holds where it is `truthy`. */
  readonly evaluate: Evaluate
  holds(data: RunData): boolean
  /** The fields it looks at, small and masked, for the note of a step. */
  readonly fields: readonly NotedField[]
  /** Values of these fields. */
  reads(data: RunData): Record<string, unknown>
}

/** Compiles a condition once, for a version. @throws LogicError when it is too large */
export function compileCondition(when: unknown): Condition {
  const evaluate = compileLogic(when, siteReader)
  const fields = fieldsOf(when)
  return {
    evaluate,
    holds: data => truthy(evaluate(data)),
    fields,
    reads: data => valuesSeen(fields, data),
  }
}

/** Values of fields, path → value, as a note of a step holds them; no more of them than `most`. */
export function valuesSeen(
  fields: readonly NotedField[],
  data: RunData,
  most = Number.POSITIVE_INFINITY,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  let count = 0
  for (const { path, noted } of fields) {
    const value = noted(data)
    if (value === undefined) continue
    if (count++ === most) break
    values[path] = value
  }
  return values
}

// The sentence calls a warehouse by its name, so the name is kept beside what was read of it.
const NAMES: readonly NotedField[] = [
  { path: 'stock.own.name', noted: data => (data as RunData).stock?.own.name },
  { path: 'stock.near.name', noted: data => (data as RunData).stock?.near.name },
]

function fieldsOf(when: unknown): readonly NotedField[] {
  const read = fieldsNoted(when, knownFields, siteReader)
  const names = NAMES.filter(({ path }) => {
    const warehouse = path.slice(0, path.lastIndexOf('.') + 1)
    return read.some(field => field.path.startsWith(warehouse))
  })
  return uniqueFields([...read.map(masked), ...names])
}

/** Each field once, where it is first named. */
export function uniqueFields(fields: readonly NotedField[]): readonly NotedField[] {
  return [...new Map(fields.map(field => [field.path, field])).values()]
}

function masked(field: NotedField): NotedField {
  const { path, noted } = field
  if (!isFreeText(path)) return field
  return {
    path,
    noted: data => {
      const value = noted(data)
      return typeof value === 'string' ? maskMobiles(value) : value
    },
  }
}

/** A condition as a sentence: with the values a step noted, or in general words. */
export function conditionWords(when: unknown, values?: unknown): Text {
  return explainCondition(
    when,
    values === undefined ? knownFields : fieldsNamedBy(valuesOf(values)),
    valuesOf(values),
  )
}

/** The values of a note, whatever a stored note turned out to hold. */
export function valuesOf(values: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : undefined
}

/** Noted values told one by one: 「杭州仓可用 0 件、需要 2 件」. */
export function valueWords(values: Readonly<Record<string, unknown>> | undefined): Text {
  const told = fieldsNamedBy(values)
    .filter(
      ({ path }) => values && Object.hasOwn(values, path) && values[path] !== null && !path.endsWith('.name'),
    )
    .map(field => ({ name: field.name, words: formatValue(values?.[field.path], field) }))
  return {
    zh: [...new Set(told.map(({ name, words }) => `${name.zh} ${words.zh}`))].join('、'),
    en: [...new Set(told.map(({ name, words }) => `${name.en} ${words.en}`))].join(', '),
  }
}

function fieldsNamedBy(values: Readonly<Record<string, unknown>> = {}): readonly FieldSpec[] {
  const own = values['stock.own.name']
  const near = values['stock.near.name']
  if (typeof own !== 'string' && typeof near !== 'string') return knownFields
  const named = stockFieldsOf({
    own: typeof own === 'string' && own ? { zh: own, en: own } : { zh: '本仓', en: 'own warehouse' },
    near:
      typeof near === 'string' && near ? { zh: near, en: near } : { zh: '邻近仓', en: 'nearest warehouse' },
  })
  return [...named, ...knownFields.filter(field => !field.path.startsWith('stock.'))]
}
