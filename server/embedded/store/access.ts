import {
  type DocumentStream,
  documentsBehind,
  documentsByKey,
  documentsOf,
  unionOf,
} from './document-stream.ts'
import { mergedEntries, rangeEntries } from './entry-stream.ts'
import type { Index } from './index-spec.ts'
import { ALL_KEYS, type KeyRange, type Tree } from './tree.ts'

/** How the candidates of a query are reached. Ranges are in ascending order, whichever way they are walked. */
export type Access =
  | { kind: 'scan'; reverse: boolean }
  | { kind: 'ids'; keys: Buffer[]; reverse: boolean }
  | { kind: 'idRange'; ranges: KeyRange[]; reverse: boolean }
  | { kind: 'index'; index: Index; ranges: KeyRange[]; reverse: boolean }
  | { kind: 'merge'; index: Index; ranges: KeyRange[]; prefixLengths: number[]; reverse: boolean }
  | { kind: 'union'; branches: Access[] }

/** Starts reading the collection whose documents are in `table`; nothing is read before the first `next`. */
export function openAccess(tree: Tree, table: number, access: Access): DocumentStream {
  switch (access.kind) {
    case 'scan':
      return documentsOf(rangeEntries(tree, table, [ALL_KEYS], access.reverse))
    case 'ids':
      return documentsByKey(tree, table, inWalkOrder(access.keys, access.reverse))
    case 'idRange':
      return documentsOf(
        rangeEntries(tree, table, inWalkOrder(access.ranges, access.reverse), access.reverse),
      )
    case 'index': {
      const { index, ranges, reverse } = access
      const entries = rangeEntries(tree, index.table, inWalkOrder(ranges, reverse), reverse)
      return documentsBehind(tree, table, entries, index)
    }
    case 'merge': {
      const { index, ranges, prefixLengths, reverse } = access
      const sources = ranges.map((range, i) => ({
        stream: rangeEntries(tree, index.table, [range], reverse),
        prefixLength: prefixLengths[i]!,
      }))
      return documentsBehind(tree, table, mergedEntries(sources, reverse), index)
    }
    case 'union':
      return unionOf(access.branches.map(branch => openAccess(tree, table, branch)))
  }
}

/** The indexes an access reads. */
export function indexesOf(access: Access): Index[] {
  if (access.kind === 'union') return access.branches.flatMap(indexesOf)
  return 'index' in access ? [access.index] : []
}

function inWalkOrder<T>(ascending: T[], reverse: boolean): T[] {
  return reverse ? ascending.toReversed() : ascending
}
