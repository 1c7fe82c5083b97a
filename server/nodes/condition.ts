import { Type } from 'typebox'
import type { FieldSpec } from '../workflow/field.ts'
import { compileLogic } from '../workflow/logic/compile.ts'
import { explainCondition } from '../workflow/logic/explain.ts'
import { compileReads } from '../workflow/logic/reads.ts'
import { truthy } from '../workflow/logic/values.ts'
import { variablesOf } from '../workflow/logic/variables.ts'
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
  holds(data: RunData): boolean
  /** Values of the fields it reads, small and masked, for the note of a step. */
  reads(data: RunData): Record<string, unknown>
}

/** Compiles a condition once, for a version. @throws LogicError when it is too large */
export function compileCondition(when: unknown): Condition {
  const evaluate = compileLogic(when)
  const paths = variablesOf(when)
  const readFields = compileReads(when, knownFields)
  const freeTexts = paths.filter(isFreeText)
  const namesOwn = paths.some(path => path.startsWith('stock.own.'))
  const namesNear = paths.some(path => path.startsWith('stock.near.'))
  return {
    holds: data => truthy(evaluate(data)),
    reads(data) {
      const values = readFields(data)
      for (const path of freeTexts) {
        const value = values[path]
        if (typeof value === 'string') values[path] = maskMobiles(value)
      }
      // The sentence calls a warehouse by its name, so the name is kept beside what was read of it.
      if (namesOwn && data.stock) values['stock.own.name'] = data.stock.own.name
      if (namesNear && data.stock) values['stock.near.name'] = data.stock.near.name
      return values
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
