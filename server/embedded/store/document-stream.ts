import type { Stored } from './documents.ts'
import type { EntryStream } from './entry-stream.ts'
import type { Index } from './index-spec.ts'
import type { Tree } from './tree.ts'

/** Candidates of a query one after the other; see {@link EntryStream} for `pause`. */
export interface DocumentStream {
  next(): Stored | undefined
  pause(): void
}

/** Documents straight from their collection's table. */
export function documentsOf(entries: EntryStream): DocumentStream {
  return {
    next() {
      const entry = entries.next()
      return entry && { idKey: entry.key, raw: entry.value }
    },
    pause: entries.pause,
  }
}

/** Documents an index leads to; where it has several entries for one, that document comes once. */
export function documentsBehind(
  tree: Tree,
  table: number,
  entries: EntryStream,
  index: Pick<Index, 'multikey'>,
): DocumentStream {
  const seen = new Set<string>()
  return {
    next() {
      for (let entry = entries.next(); entry; entry = entries.next()) {
        if (index.multikey && !isNew(seen, entry.value)) continue
        const raw = tree.get(table, entry.value)
        if (raw) return { idKey: entry.value, raw }
      }
      return undefined
    },
    pause: entries.pause,
  }
}

/** Documents by the keys of their `_id`s. */
export function documentsByKey(tree: Tree, table: number, keys: readonly Buffer[]): DocumentStream {
  let at = 0
  return {
    next() {
      while (at < keys.length) {
        const idKey = keys[at++]!
        const raw = tree.get(table, idKey)
        if (raw) return { idKey, raw }
      }
      return undefined
    },
    pause() {},
  }
}

/** One stream after the other, each document once. */
export function unionOf(streams: readonly DocumentStream[]): DocumentStream {
  const seen = new Set<string>()
  let current = 0
  return {
    next() {
      for (; current < streams.length; current++) {
        for (let found = streams[current]!.next(); found; found = streams[current]!.next())
          if (isNew(seen, found.idKey)) return found
      }
      return undefined
    },
    pause() {
      streams[current]?.pause()
    },
  }
}

function isNew(seen: Set<string>, idKey: Buffer): boolean {
  const sizeBefore = seen.size
  return seen.add(idKey.toString('latin1')).size > sizeBefore
}
