import type { FieldSpec } from '../field.ts'
import { orderFields } from '../order-fields.ts'
import { mask } from '../words.ts'
import { pathReader } from './own.ts'
import { variablesOf } from './variables.ts'

const MOST_CHARACTERS = 120

/**
 * What a condition saw, for the note of a step: path → value, flat and small. Lists and objects are left out,
 * long texts cut, and what identifies a buyer is masked, since step records outlive the need for it.
 *
 * @throws LogicError when the rule is too deep or too large
 */
export function compileReads(
  rule: unknown,
  fields: readonly FieldSpec[] = orderFields,
): (data: unknown) => Record<string, unknown> {
  const personal = new Set(fields.filter(field => field.personal).map(field => field.path))
  const reads = variablesOf(rule)
    .filter(path => path !== '' && !path.includes('[]'))
    .map(path => ({ path, read: pathReader(path.split('.')), isPersonal: personal.has(path) }))
  return data => {
    const values: Record<string, unknown> = {}
    for (const { path, read, isPersonal } of reads) {
      const value = read(data)
      if (value !== undefined && isSmall(value)) values[path] = isPersonal ? hidden(value) : cut(value)
    }
    return values
  }
}

function isSmall(value: unknown): boolean {
  return value === null || typeof value !== 'object' || value instanceof Date
}

function hidden(value: unknown): unknown {
  return value === null ? null : mask(String(value))
}

function cut(value: unknown): unknown {
  return typeof value === 'string' && value.length > MOST_CHARACTERS
    ? `${value.slice(0, MOST_CHARACTERS)}…`
    : value
}
