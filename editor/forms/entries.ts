import { isRecord, type SchemaPart } from '../../server/workflow/param-parts.ts'
import { controlOf, propertiesOf } from './schema.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 7

/** An id for a new exit: random, so that no line left over from a deleted one ever fits it by chance. */
function freshPort(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH))
  return `p${Array.from(bytes, byte => LETTERS[byte % LETTERS.length]).join('')}`
}

/** A new entry of a list of objects: its ids made up, its defaults where it must have a value, all else empty. */
export function newEntry(schema: SchemaPart): Record<string, unknown> {
  const entry: Record<string, unknown> = {}
  for (const { name, schema: part, isRequired } of propertiesOf(schema)) {
    if (controlOf(name, part) === 'port') entry[name] = freshPort()
    else if (isRequired) {
      const value = startOf(part)
      if (value !== undefined) entry[name] = value
    }
  }
  return entry
}

function startOf(schema: SchemaPart): unknown {
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.type === 'string') return ''
  if (schema.type === 'array') return []
  return schema.type === 'object' && isRecord(schema.properties) ? newEntry(schema) : undefined
}

/** A list with one entry moved to another place. */
export function moved<E>(list: readonly E[], from: number, to: number): readonly E[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length || from === to) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, entry)
}

/** An object with one param set, or left out. Where it stood before it stands again. */
export function withParam(values: SchemaPart, name: string, value: unknown): Record<string, unknown> {
  if (value !== undefined) return { ...values, [name]: value }
  const { [name]: _, ...rest } = values
  return rest
}
