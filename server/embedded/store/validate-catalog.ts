import type { Document } from 'bson'
import type { Collection } from './catalog.ts'
import type { Store } from './store.ts'
import { FIRST_FREE_TABLE, TABLE } from './tables.ts'
import { ALL_KEYS } from './tree.ts'

/** Something about the catalogue, and the tables it speaks of, that must not be. */
interface Inconsistency {
  type: 'TableOutOfRange' | 'TableUsedTwice' | 'TableDroppedButUsed' | 'TableOfNobody' | 'CountOfNobody'
  description: string
  details: Document
}

/** Compares the catalogue with the tables there are. */
export function validateCatalog({ tree, catalog }: Store): Inconsistency[] {
  const found: Inconsistency[] = []
  const nextTable = tree.get(TABLE.meta, Buffer.from('nextTable'))?.readUInt32BE(0) ?? FIRST_FREE_TABLE
  const dropped = new Set(tablesIn(TABLE.dropped))
  const used = new Map<number, string>()

  function use(table: number, what: string): void {
    const other = used.get(table)
    const say = (type: Inconsistency['type'], description: string) =>
      found.push({ type, description, details: { table, usedBy: what } })
    if (other) say('TableUsedTwice', `table ${table} is used by ${other} and by ${what}`)
    if (dropped.has(table)) say('TableDroppedButUsed', `table ${table} of ${what} is noted as dropped`)
    if (table < FIRST_FREE_TABLE || table >= nextTable)
      say(
        'TableOutOfRange',
        `table ${table} of ${what} lies outside of ${FIRST_FREE_TABLE} to ${nextTable - 1}`,
      )
    used.set(table, what)
  }

  function tablesIn(table: number): number[] {
    return tree.first(table, ALL_KEYS, Number.POSITIVE_INFINITY).map(({ key }) => key.readUInt32BE(0))
  }

  const collections = catalog.databases().flatMap(database => catalog.collections(database))
  for (const collection of collections) {
    use(collection.table, namespaceOf(collection))
    for (const index of collection.indexes)
      use(index.table, `index ${index.name} of ${namespaceOf(collection)}`)
  }
  const counted = new Set(collections.map(collection => collection.table))
  for (const table of tablesIn(TABLE.counts))
    if (!counted.has(table))
      found.push({
        type: 'CountOfNobody',
        description: `there is a count for table ${table}, which no collection has`,
        details: { table },
      })
  for (let table = FIRST_FREE_TABLE; table < nextTable; table++)
    if (!used.has(table) && !dropped.has(table) && tree.first(table, ALL_KEYS, 1).length > 0)
      found.push({
        type: 'TableOfNobody',
        description: `table ${table} holds entries, and neither a collection nor an index has it`,
        details: { table },
      })
  return found
}

function namespaceOf({ database, name }: Collection): string {
  return `${database}.${name}`
}
