import { setImmediate } from 'node:timers/promises'
import { rangeEntries } from './entry-stream.ts'
import { ALL_KEYS, type Entry, type Tree } from './tree.ts'

/** Entries, and bytes of them, looked at before others get their turn. */
const SLICE_ENTRIES = 500
const SLICE_BYTES = 2 * 1024 * 1024

/**
 * Visits every entry of a table in the order of keys, in slices between which others may write. Within one visit
 * nothing changes, so what is looked up there fits the entry.
 */
export async function eachEntry(tree: Tree, table: number, visit: (entry: Entry) => void): Promise<void> {
  const entries = rangeEntries(tree, table, [ALL_KEYS], false)
  let visited = 0
  let bytes = 0
  for (let entry = entries.next(); entry; entry = entries.next()) {
    visit(entry)
    bytes += entry.value.length
    if (++visited < SLICE_ENTRIES && bytes < SLICE_BYTES) continue
    entries.pause()
    await setImmediate()
    visited = 0
    bytes = 0
  }
}
