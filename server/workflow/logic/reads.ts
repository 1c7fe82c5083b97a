import type { FieldSpec } from '../field.ts'
import { orderFields } from '../order-fields.ts'
import { mask } from '../words.ts'
import type { Evaluate } from './comparisons.ts'
import { type PathReader, pathReader } from './own.ts'
import { variablesOf } from './variables.ts'

const MOST_CHARACTERS = 120

/** What is noted of one field. */
export interface NotedField {
  readonly path: string
  /** The field's value as it is noted; undefined where there is nothing to note. */
  readonly noted: (data: unknown) => unknown
}

/**
 * The fields a condition looks at, for the note of a step. Lists and objects are left out, long texts cut, and what
 * identifies a buyer is masked, since step records outlive the need for it.
 *
 * @param reader makes what reads the fields; see `compileLogic`
 * @throws LogicError when the rule is too deep or too large
 */
export function fieldsNoted(
  rule: unknown,
  fields: readonly FieldSpec[],
  reader: PathReader = pathReader,
): readonly NotedField[] {
  const personal = new Set(fields.filter(field => field.personal).map(field => field.path))
  return variablesOf(rule)
    .filter(path => path !== '' && !path.includes('[]'))
    .map(path => {
      const read = reader(path.split('.'))
      return { path, noted: personal.has(path) ? hidden(read) : inShort(read) }
    })
}

/**
 * What a condition saw: path → value, flat and small, as in the note of a step.
 *
 * @throws LogicError when the rule is too deep or too large
 */
export function compileReads(
  rule: unknown,
  fields: readonly FieldSpec[] = orderFields,
): (data: unknown) => Record<string, unknown> {
  const reads = fieldsNoted(rule, fields)
  return data => {
    const values: Record<string, unknown> = {}
    for (const { path, noted } of reads) {
      const value = noted(data)
      if (value !== undefined) values[path] = value
    }
    return values
  }
}

/** Without lists and objects, and with long texts cut. */
function inShort(read: Evaluate): Evaluate {
  return data => {
    const value = read(data)
    if (typeof value === 'string') return cut(value)
    return isSmall(value) ? value : undefined
  }
}

/** So that nobody is recognised by it. */
function hidden(read: Evaluate): Evaluate {
  return data => {
    const value = read(data)
    if (value === undefined || !isSmall(value)) return undefined
    return value === null ? null : mask(String(value))
  }
}

function isSmall(value: unknown): boolean {
  return value === null || typeof value !== 'object' || value instanceof Date
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
