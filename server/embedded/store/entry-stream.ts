import type { Entry, KeyRange, Tree } from './tree.ts'

/**
 * Entries one after the other. `pause` lets go of the database between two calls of `next`, which then goes on
 * behind the last key: no reader holds an old state of the database open, however slowly it reads.
 */
export interface EntryStream {
  next(): Entry | undefined
  pause(): void
}

/** A range of entries. */
export interface EntryRange extends KeyRange {
  /** The one key it can hold: that is looked up rather than walked to. */
  single?: Buffer
}

/** The entries of ranges that lie in the order of the walk and do not overlap. */
export function rangeEntries(
  tree: Tree,
  table: number,
  ranges: readonly EntryRange[],
  reverse: boolean,
): EntryStream {
  let current = 0
  let walk: Iterator<Entry> | undefined
  let last: Buffer | undefined

  return {
    next() {
      for (; current < ranges.length; current++) {
        const { single } = ranges[current]!
        if (single) {
          const value = tree.get(table, single)
          if (!value) continue
          current++
          return { key: single, value }
        }
        walk ??= tree.walk(table, ranges[current]!, { reverse, after: last })
        const step = walk.next()
        if (!step.done) {
          last = step.value.key
          return step.value
        }
        walk = undefined
        last = undefined
      }
      return undefined
    },
    pause() {
      walk?.return?.()
      walk = undefined
    },
  }
}

/** A stream whose keys begin with `prefixLength` bytes that do not count for the order. */
interface PrefixedStream {
  stream: EntryStream
  prefixLength: number
}

/** Several ordered streams as one, in the order of what follows their prefixes. */
export function mergedEntries(sources: readonly PrefixedStream[], reverse: boolean): EntryStream {
  let heads: { source: PrefixedStream; entry: Entry; rest: Buffer }[] | undefined
  const sign = reverse ? -1 : 1

  function headOf(source: PrefixedStream) {
    const entry = source.stream.next()
    return entry && { source, entry, rest: entry.key.subarray(source.prefixLength) }
  }

  return {
    next() {
      heads ??= sources.flatMap(source => headOf(source) ?? [])
      if (heads.length === 0) return undefined
      let least = 0
      for (let at = 1; at < heads.length; at++)
        if (heads[at]!.rest.compare(heads[least]!.rest) * sign < 0) least = at
      const { entry, source } = heads[least]!
      const follower = headOf(source)
      if (follower) heads[least] = follower
      else heads.splice(least, 1)
      return entry
    },
    pause() {
      for (const { stream } of sources) stream.pause()
    },
  }
}
