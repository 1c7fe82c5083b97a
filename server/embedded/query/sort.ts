import type { Document } from 'bson'
import { isDocument, numberOf } from '../bson/document.ts'
import { type IndexField, lowestKey } from '../bson/index-keys.ts'
import type { Direction } from '../bson/key.ts'
import { locationError, mongoError } from '../errors.ts'

/** The fields of a sort specification; throws MongoError where a direction is not 1 or -1. */
export function sortFields(spec: Document): IndexField[] {
  Object.keys(spec).forEach(refuseBadPath)
  return Object.entries(spec).map(([path, order]) => ({ path, direction: directionOf(path, order) }))
}

/** Compiles a sort specification into a comparison of raw documents. */
export function compileSort(spec: Document): (a: Uint8Array, b: Uint8Array) => number {
  const fields = sortFields(spec)
  return (a, b) => Buffer.compare(lowestKey(a, fields), lowestKey(b, fields))
}

/** The documents in order; with a limit, never many more than `limit` of them are kept. Equal ones keep their order. */
export function sortDocuments(
  documents: Iterable<Uint8Array>,
  spec: Document,
  limit = Number.POSITIVE_INFINITY,
): Uint8Array[] {
  const fields = sortFields(spec)
  const room = limit * 2 + 100
  let kept: { key: Buffer; raw: Uint8Array }[] = []
  let worst: Buffer | undefined
  for (const raw of documents) {
    const key = lowestKey(raw, fields)
    if (worst && Buffer.compare(key, worst) >= 0) continue
    kept.push({ key, raw })
    if (kept.length < room) continue
    kept = firstOf(kept, limit)
    worst = kept.at(-1)?.key
  }
  return firstOf(kept, limit).map(entry => entry.raw)
}

function firstOf<T extends { key: Buffer }>(entries: T[], limit: number): T[] {
  return entries.sort((a, b) => Buffer.compare(a.key, b.key)).slice(0, limit)
}

/** `$natural` is known where documents are read; it cannot stand beside fields. */
function refuseBadPath(path: string): void {
  if (path === '$natural')
    throw mongoError('BadValue', 'a sort by $natural stands alone: it cannot be combined with fields')
  if (path === '') throw locationError(40352, 'FieldPath cannot be constructed with empty string')
  const segments = path.split('.')
  if (segments.includes(''))
    throw locationError(15998, `FieldPath field names may not be empty strings: '${path}'`)
  const dollar = segments.find(segment => segment.startsWith('$') && !DBREF_FIELDS.has(segment))
  if (dollar)
    throw locationError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField: '${path}'`,
    )
}

const DBREF_FIELDS = new Set(['$ref', '$id', '$db'])

function directionOf(path: string, order: unknown): Direction {
  if (isDocument(order))
    throw mongoError('BadValue', `sorting by $meta is not supported by the embedded store`)
  const number = numberOf(order)
  if (number === undefined)
    throw locationError(15974, `Illegal key in $sort specification: ${path}: ${order}`)
  if (number !== 1 && number !== -1)
    throw locationError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
  return number
}
