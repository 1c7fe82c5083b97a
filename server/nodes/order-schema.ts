import { Ajv, type ErrorObject } from 'ajv'
import { Order } from '../workflow/order.ts'
import type { Text } from '../workflow/text.ts'
import type { FieldProblem } from '../world/world.ts'
import { type FaultCode, faults } from './mapping/fault.ts'
import { nameOfField } from './mapping/targets.ts'

/**
 * A validator for documents of ours: all problems at once, nothing coerced or removed. In it `ui: 'instant'`
 * means a Date that is one; other hints say nothing about the value.
 */
export function newValidator(): Ajv {
  const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false })
  ajv.addKeyword({
    keyword: 'ui',
    compile: (hint: unknown) => (hint === 'instant' ? isInstant : () => true),
  })
  return ajv
}

function isInstant(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime())
}

/** Whether a value is a unified order; `isOrder.errors` says what is wrong with it. Compiled once for the process. */
export const isOrder = newValidator().compile<Order>(Order)

const CODES: Readonly<Record<string, FaultCode>> = {
  required: 'MISSING',
  minLength: 'MISSING',
  minItems: 'MISSING',
  maxLength: 'TOO_LONG',
  maxItems: 'TOO_MANY',
  minimum: 'TOO_SMALL',
  exclusiveMinimum: 'TOO_SMALL',
  maximum: 'TOO_LARGE',
  exclusiveMaximum: 'TOO_LARGE',
  type: 'NOT_ALLOWED',
  ui: 'NOT_A_DATE',
}

const MAX_PROBLEMS = 100

/** Ajv's errors as problems a person can mend: one per field, named by the field. */
export function orderProblems(errors: readonly ErrorObject[] | null | undefined): FieldProblem[] {
  const problems = new Map<string, FieldProblem>()
  for (const error of errors ?? []) {
    if (problems.size === MAX_PROBLEMS) break
    const field = fieldOf(error)
    if (problems.has(field)) continue
    const code = CODES[error.keyword] ?? 'NOT_ALLOWED'
    const name = nameOfField(field)
    const limit = limitOf(error)
    problems.set(field, {
      field,
      code,
      message: `${name.zh}${faults[code].zh}${limit && `（${limit.zh}）`}`,
      messageEn: `${name.en} ${faults[code].en}${limit && ` (${limit.en})`}`,
    })
  }
  return [...problems.values()]
}

function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const field = instancePath.slice(1)
  const below = keyword === 'required' ? params.missingProperty : params.additionalProperty
  if (typeof below !== 'string') return field
  return field ? `${field}/${below}` : below
}

function limitOf({ keyword, params }: ErrorObject): Text | '' {
  const { limit, comparison } = params as { limit?: unknown; comparison?: unknown }
  if (typeof limit !== 'number') return ''
  if (keyword === 'maxLength') return { zh: `最多 ${limit} 个字`, en: `at most ${limit} characters` }
  if (typeof comparison !== 'string') return ''
  const sign = comparison.replace('<=', '≤').replace('>=', '≥')
  return { zh: `应 ${sign} ${limit}`, en: `must be ${sign} ${limit}` }
}
