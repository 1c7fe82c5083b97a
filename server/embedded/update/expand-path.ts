import { type Node, type OpenDocument, openArray } from '../bson/node.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ArrayFilters } from './array-filters.ts'
import { identifierOf, isPlaceholder, type UpdatePath } from './path.ts'
import { describe, nodeAt } from './place.ts'

/** The paths without placeholders that an update path stands for in one document. */
export function expandPath(
  root: OpenDocument,
  path: UpdatePath,
  position: number | undefined,
  filters: ArrayFilters,
): UpdatePath[] {
  const depth = path.findIndex(isPlaceholder)
  if (depth < 0) return [path]
  const before = path.slice(0, depth)
  const behind = path.slice(depth + 1)
  return indexesFor(root, path, depth, position, filters).flatMap(index =>
    expandPath(root, [...before, String(index), ...behind], position, filters),
  )
}

function indexesFor(
  root: OpenDocument,
  path: UpdatePath,
  depth: number,
  position: number | undefined,
  filters: ArrayFilters,
): number[] {
  const segment = path[depth]!
  if (segment === '$') {
    if (position === undefined)
      throw mongoError('BadValue', 'The positional operator did not find the match needed from the query.')
    return [position]
  }
  const items = itemsOf(root, path.slice(0, depth))
  const identifier = identifierOf(segment)
  if (identifier === '') return [...items.keys()]
  const chosen = filters.get(identifier)!
  return [...items.keys()].filter(index => chosen(items[index]!))
}

function itemsOf(root: OpenDocument, path: UpdatePath): readonly Node[] {
  const node = nodeAt(root, path)
  if (node === undefined)
    throw mongoError(
      'BadValue',
      `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
    )
  if (node.type !== TYPE.array)
    throw mongoError(
      'BadValue',
      `Cannot apply array updates to non-array element ${path.at(-1)}: ${describe(node)}`,
    )
  return 'items' in node ? node.items : openArray('bytes' in node ? node : undefined).items
}
