import type { Catalog, Collection } from './catalog.ts'
import { eachEntry } from './each-entry.ts'
import { entryChange, entryKey } from './index-entries.ts'
import type { Index } from './index-spec.ts'
import { ALL_KEYS, type Tree } from './tree.ts'

/** Places in a list of findings; what is beyond is only counted. */
const LISTED = 100

/** An entry that is missing, or too many: of which index, and the key of the `_id` it belongs to. */
export interface EntryFinding {
  index: string
  idKey: Buffer
}

/** What was found of one index. */
export interface IndexFindings {
  /** Entries it has. */
  keys: number
  missing: number
  extra: number
  errors: string[]
}

/** Compares an index with the documents, which are shown to it one by one. */
interface IndexCheck {
  readonly name: string
  /** Looks for the entries a document calls for. */
  document(idKey: Buffer, raw: Uint8Array): void
  /** To be called when all documents were shown: looks for entries that no document calls for. */
  finish(): Promise<IndexFindings>
}

/** Where the first findings of each kind are listed. */
interface EntryLists {
  missing: EntryFinding[]
  extra: EntryFinding[]
}

export function checkIndex(
  tree: Tree,
  catalog: Catalog,
  collection: Collection,
  { table, name }: Index,
  lists: EntryLists,
): IndexCheck {
  const findings: IndexFindings = { keys: 0, missing: 0, extra: 0, errors: [] }
  const writesBefore = tree.writes()
  let found = 0

  /** Its traits may have changed since, and it may have been dropped. */
  function current(): Index | undefined {
    const now = catalog.find(collection.database, collection.name)
    return now?.indexes.find(index => index.table === table)
  }

  function note(list: EntryFinding[], idKey: Buffer): void {
    if (list.length < LISTED) list.push({ index: name, idKey })
  }

  function complain(error: string): void {
    if (!findings.errors.includes(error) && findings.errors.length < LISTED) findings.errors.push(error)
  }

  function document(idKey: Buffer, raw: Uint8Array): void {
    const index = current()
    const change = index && entryChange(index, undefined, raw)
    if (!change) return
    for (const key of change.added) {
      if (tree.get(table, entryKey(index, key, idKey))?.equals(idKey)) found++
      else {
        findings.missing++
        note(lists.missing, idKey)
      }
    }
    if (change.multikey && !index.multikey)
      complain(`index ${name} is not marked as multikey, though a document has several entries in it`)
    if (change.truncated && !index.truncated)
      complain(`index ${name} is not marked as holding shortened keys, though it does`)
  }

  /** Whether the document an entry leads to calls for it. */
  function isCalledFor(index: Index, key: Buffer, idKey: Buffer): boolean {
    const raw = tree.get(collection.table, idKey)
    const change = raw && entryChange(index, undefined, raw)
    return change?.added.some(candidate => entryKey(index, candidate, idKey).equals(key)) ?? false
  }

  async function lookForExtra(): Promise<void> {
    await eachEntry(tree, table, ({ key, value }) => {
      findings.keys++
      const index = current()
      if (!index || isCalledFor(index, key, value)) return
      findings.extra++
      note(lists.extra, value)
    })
  }

  return {
    name,
    document(idKey, raw) {
      try {
        document(idKey, raw)
      } catch (error) {
        complain(`index ${name} cannot be compared with a document: ${messageOf(error)}`)
      }
    },
    async finish() {
      try {
        findings.keys = tree.count(table, ALL_KEYS)
        // Where nobody wrote meanwhile, as many entries as were found leave room for no other.
        if (tree.writes() !== writesBefore || findings.keys !== found) {
          findings.keys = 0
          await lookForExtra()
        }
      } catch (error) {
        complain(`index ${name} cannot be read: ${messageOf(error)}`)
      }
      if (findings.missing > 0) complain(`index ${name} lacks ${findings.missing} entries`)
      if (findings.extra > 0)
        complain(`index ${name} has ${findings.extra} entries that no document calls for`)
      return findings
    },
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
