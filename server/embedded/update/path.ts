import { mongoError } from '../errors.ts'

/** The segments of an update path; `$`, `$[]` and `$[name]` stand for array elements. */
export type UpdatePath = readonly string[]

/** Splits an update path; throws MongoError for what cannot name a field. */
export function parseUpdatePath(path: string): UpdatePath {
  if (path === '') throw mongoError('EmptyFieldName', 'An empty update path is not valid.')
  const segments = path.split('.')
  segments.forEach((segment, i) => {
    if (segment === '')
      throw mongoError(
        'EmptyFieldName',
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      )
    if (!segment.startsWith('$')) return
    if (!isPlaceholder(segment))
      throw mongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${segment}' in '${path}' is not allowed in the context of an update's ` +
          'path. Consider using an aggregation pipeline with $setField.',
      )
    if (i === 0)
      throw mongoError(
        'BadValue',
        `Cannot have positional (i.e. '$') or array filter identifier (i.e. '$[<id>]') element in the first ` +
          `position in path '${path}'`,
      )
  })
  if (segments.filter(segment => segment === '$').length > 1)
    throw mongoError('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`)
  return segments
}

/** Whether a segment stands for elements that are only known with the document. */
export function isPlaceholder(segment: string): boolean {
  return segment === '$' || (segment.startsWith('$[') && segment.endsWith(']'))
}

/** The name in `$[name]`; empty for `$[]`. */
export function identifierOf(segment: string): string {
  return segment.slice(2, -1)
}

/** The order in which operators are applied: by name, numbers first and by value. */
export function compareUpdatePaths(a: UpdatePath, b: UpdatePath): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareSegments(a[i]!, b[i]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Throws code 40 where two paths are equal or one leads through the other. */
export function refuseConflicts(sorted: readonly UpdatePath[]): void {
  for (let i = 1; i < sorted.length; i++) {
    const [shorter, path] = [sorted[i - 1]!, sorted[i]!]
    if (shorter.every((segment, depth) => segment === path[depth]))
      throw mongoError(
        'ConflictingUpdateOperators',
        `Updating the path '${path.join('.')}' would create a conflict at '${shorter.join('.')}'`,
      )
  }
}

/** Throws code 40 where an array is changed both by `$[…]` and by the names of elements, as MongoDB does. */
export function refuseMixedAccess(paths: readonly UpdatePath[]): void {
  const arrays = new Set<string>()
  for (const path of paths)
    path.forEach((segment, depth) => {
      if (segment.startsWith('$[')) arrays.add(path.slice(0, depth).join('.'))
    })
  if (arrays.size === 0) return
  for (const path of paths)
    path.forEach((segment, depth) => {
      const parent = path.slice(0, depth).join('.')
      if (arrays.has(parent) && !segment.startsWith('$['))
        throw mongoError(
          'ConflictingUpdateOperators',
          `Updating the path '${path.join('.')}' would create a conflict at '${parent}'`,
        )
    })
}

/** Throws code 40 where places that are only known with the document meet. */
export function refuseMeeting(places: UpdatePath[]): void {
  places.sort(compareUpdatePaths)
  for (let i = 1; i < places.length; i++) {
    const [shorter, place] = [places[i - 1]!, places[i]!]
    if (shorter.every((segment, depth) => segment === place[depth]))
      throw mongoError('ConflictingUpdateOperators', `Update created a conflict at '${shorter.join('.')}'`)
  }
}

function compareSegments(a: string, b: string): number {
  if (a === b) return 0
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  return (aIsNumber && Number(a) - Number(b)) || (a < b ? -1 : 1)
}
