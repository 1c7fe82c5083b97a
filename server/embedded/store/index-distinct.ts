import { compoundKey } from '../bson/key.ts'
import { followPath } from '../bson/path.ts'
import { TYPE } from '../bson/types.ts'
import { boundsOf } from '../query/bounds.ts'
import type { Collection } from './catalog.ts'
import type { DocumentStream } from './document-stream.ts'
import { type EntryStream, rangeEntries } from './entry-stream.ts'
import { saysAll } from './index-count.ts'
import { covers } from './index-cover.ts'
import { type IndexRanges, rangesOf, successor } from './index-ranges.ts'
import type { Index } from './index-spec.ts'
import type { QuerySpec } from './query.ts'
import type { KeyRange, Tree } from './tree.ts'

/** An index in which the documents with one value of a field stand together, and all of them match. */
export interface DistinctAccess {
  readonly index: Index
  readonly found: IndexRanges
}

/** An index that leads to one document for each value of a field; undefined where none can. */
export function distinctAccess(
  { indexes }: Collection,
  { filter, hint }: Pick<QuerySpec, 'filter' | 'hint'>,
  path: string,
): DistinctAccess | undefined {
  if (hint !== undefined) return undefined
  const bounds = boundsOf(filter)
  for (const index of indexes) {
    if (!index.ready || !covers(index, filter, bounds) || !saysAll(index, filter)) continue
    const found = rangesOf(index, bounds)
    if (index.fields[found.points]?.path === path) return { index, found }
  }
  return undefined
}

/** At least one document for each value there is, and not many more: all that have the same are stepped over. */
export function distinctDocuments(
  tree: Tree,
  table: number,
  { index, found }: DistinctAccess,
): DocumentStream {
  const { path, direction } = index.fields[found.points]!
  const segments = path.split('.')
  const ranges = found.ranges.map((range, i) => ({ range, prefixLength: found.prefixLengths[i]! }))
  let current = 0
  let entries: EntryStream | undefined
  /** What the keys of all documents with the value last seen begin with. */
  let seen: Buffer | undefined

  function enter(range: KeyRange): void {
    entries?.pause()
    entries = rangeEntries(tree, index.table, [range], false)
    seen = undefined
  }

  function nextEntry() {
    for (; current < ranges.length; current++, entries = undefined) {
      const { range } = ranges[current]!
      if (!entries) enter(range)
      let entry = entries!.next()
      if (entry && seen && beginsWith(entry.key, seen)) {
        enter({ lower: successor(seen), upper: range.upper })
        entry = entries!.next()
      }
      if (entry) return entry
    }
    return undefined
  }

  return {
    next() {
      for (let entry = nextEntry(); entry; entry = nextEntry()) {
        const raw = tree.get(table, entry.value)
        if (!raw) continue
        const value = followPath(raw, 0, segments)
        const prefix = entry.key.subarray(0, ranges[current]!.prefixLength)
        // A missing field has the same key as null, of which it is not known yet whether it is there.
        const isCertain = value !== undefined && value.type !== TYPE.undefined
        seen = isCertain ? Buffer.concat([prefix, compoundKey([value], [direction])]) : undefined
        return { idKey: entry.value, raw }
      }
      return undefined
    },
    pause: () => entries?.pause(),
  }
}

function beginsWith(key: Buffer, prefix: Buffer): boolean {
  return key.length >= prefix.length && prefix.compare(key, 0, prefix.length) === 0
}
