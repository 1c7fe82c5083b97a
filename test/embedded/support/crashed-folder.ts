import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openTree, type Tree } from '../../../server/embedded/store/tree.ts'
import { temporaryFolder } from './running-store.ts'

/** Table the entries of these tests are in. */
export const TABLE_OF_TESTS = 1000

/** What a process that is killed at this moment leaves behind, as a folder of its own. */
export function crashedCopy(folder: string): string {
  const copy = join(temporaryFolder(), 'data')
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** A tree as its owner opens it: with its log brought back. */
export function startedTree(folder: string, durability: 'fsync' | 'commit' = 'commit'): Tree {
  const tree = openTree(folder, durability)
  tree.startLog(() => {})
  return tree
}

/** The files of the log, the oldest first. */
export function logFiles(folder: string): string[] {
  const log = join(folder, 'log')
  return readdirSync(log)
    .sort()
    .map(file => join(log, file))
}

export function put(tree: Tree, key: string, value: string | Uint8Array): void {
  tree.put(TABLE_OF_TESTS, Buffer.from(key), Buffer.from(value))
}

export function get(tree: Tree, key: string): string | undefined {
  return tree.get(TABLE_OF_TESTS, Buffer.from(key))?.toString()
}
