import type { CommitQueue } from './commit-queue.ts'
import { TABLE } from './tables.ts'
import { ALL_KEYS, type Tree } from './tree.ts'

/** Entries removed in one transaction. */
const ENTRIES_PER_STEP = 2000

/** Removes the entries of dropped tables, a part per transaction; resolves when none is left. */
export async function reclaimDropped(tree: Tree, commits: CommitQueue): Promise<void> {
  let left = true
  while (left) {
    left = await commits.submit(() => ({ done: reclaimSome(tree) }))
  }
}

/** Answers whether there may be more. */
function reclaimSome(tree: Tree): boolean {
  const [dropped] = tree.first(TABLE.dropped, ALL_KEYS, 1)
  if (!dropped) return false
  const table = dropped.key.readUInt32BE(0)
  const entries = tree.first(table, ALL_KEYS, ENTRIES_PER_STEP)
  for (const { key } of entries) tree.remove(table, key)
  if (entries.length < ENTRIES_PER_STEP) tree.remove(TABLE.dropped, dropped.key)
  return true
}
