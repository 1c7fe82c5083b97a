import type { Document } from 'bson'
import type { IndexField } from '../bson/index-keys.ts'
import { mongoError } from '../errors.ts'
import { compileFilter, type Filter } from '../query/filter.ts'

/** An index as `createIndexes` states it and `listIndexes` shows it. */
export interface IndexSpec extends Document {
  key: Document
  name: string
  unique?: boolean
  sparse?: boolean
  partialFilterExpression?: Document
  expireAfterSeconds?: number
}

/** What the documents seen so far have made of an index; never goes back to false. */
interface IndexTraits {
  /** Some document has more than one entry. */
  multikey: boolean
  /** Some key was too long and is stored shortened: the order of entries is no longer that of the values. */
  truncated: boolean
  /** Every document of the collection has its entries; until then the planner keeps away. */
  ready: boolean
}

export interface Index extends IndexTraits {
  /** Number of the table that holds its entries. */
  readonly table: number
  readonly name: string
  readonly fields: readonly IndexField[]
  readonly unique: boolean
  readonly sparse: boolean
  /** Only documents that match are in the index. */
  readonly partial?: { expression: Document; filter: Filter }
  /** Top-level fields that decide a document's entries. */
  readonly roots: readonly string[]
  readonly spec: IndexSpec
}

/** Makes the index a spec describes. Throws MongoError for a partial filter that does not compile. */
export function indexFromSpec(table: number, spec: IndexSpec, traits: IndexTraits): Index {
  const fields = fieldsOf(spec.key)
  const expression = spec.partialFilterExpression
  return {
    ...traits,
    table,
    name: spec.name,
    fields,
    unique: spec.unique ?? false,
    sparse: spec.sparse ?? false,
    partial: expression && { expression, filter: compileFilter(expression) },
    roots: [...new Set([...fields.map(field => rootOf(field.path)), ...rootsOf(expression ?? {})])],
    spec,
  }
}

/** The fields of an index key, in order. Throws MongoError for kinds other than ascending and descending. */
export function fieldsOf(key: Document): IndexField[] {
  return Object.entries(key).map(([path, value]) => {
    if (typeof value === 'string')
      throw mongoError('CannotCreateIndex', `an index of type '${value}' is not supported: ${path}`)
    const direction = Number(value)
    if (Number.isNaN(direction) || direction === 0)
      throw mongoError(
        'CannotCreateIndex',
        `Values in the index key pattern must be non-zero numbers: ${path}`,
      )
    if (path === '' || path.split('.').includes(''))
      throw mongoError('CannotCreateIndex', `Index keys cannot be an empty field: '${path}'`)
    if (path.startsWith('$') || path.includes('$**'))
      throw mongoError('CannotCreateIndex', `Index key '${path}' is not supported`)
    return { path, direction: direction > 0 ? 1 : -1 }
  })
}

function rootsOf(expression: Document): string[] {
  return Object.entries(expression).flatMap(([path, value]) =>
    path.startsWith('$') && Array.isArray(value) ? value.flatMap(rootsOf) : [rootOf(path)],
  )
}

function rootOf(path: string): string {
  return path.split('.', 1)[0]!
}
