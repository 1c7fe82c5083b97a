import { type Binary, type Document, UUID } from 'bson'
import { decode, encode } from '../bson/codec.ts'
import { mongoError } from '../errors.ts'
import type { IdFilter } from './id-filter.ts'
import { type Index, type IndexSpec, indexFromSpec } from './index-spec.ts'
import { FIRST_FREE_TABLE, TABLE, tableKey } from './tables.ts'
import { ALL_KEYS, type Tree } from './tree.ts'

export interface Collection {
  /** Number of the table that holds its documents by the key of their `_id`. */
  readonly table: number
  readonly database: string
  name: string
  readonly uuid: Binary
  /** All but the one on `_id`, which is the collection's own table. */
  indexes: Index[]
  count: number
  /** Ids are added to it as documents come. It stays with the table, and ends with the name. */
  filter?: IdFilter | undefined
}

/**
 * Which collections and indexes exist, in memory and on disk. Changes are made inside a transaction; after one
 * that failed, `reload` brings the memory back to what the disk says.
 */
export interface Catalog {
  databases(): string[]
  collections(database: string): Collection[]
  find(database: string, name: string): Collection | undefined
  create(database: string, name: string): Collection
  /** Drops a collection with its indexes; their entries are removed later, in the background. */
  drop(collection: Collection): void
  rename(collection: Collection, name: string): void
  addIndex(collection: Collection, spec: IndexSpec, ready: boolean): Index
  dropIndex(collection: Collection, index: Index): void
  /** Writes a collection's row again after one of its indexes was changed. */
  save(collection: Collection): void
  /** Adds to a collection's document count; `saveCounts` writes what changed. */
  adjustCount(collection: Collection, by: number): void
  saveCounts(): void
  reload(): void
  /** From now on nobody is told by a filter which ids there are. */
  endFilters(): void
}

export function openCatalog(tree: Tree): Catalog {
  let collections = new Map<string, Collection>()
  /** The one asked for last: a long write asks for its collection again with each document. */
  let latest: Collection | undefined
  const changedCounts = new Set<Collection>()

  function endFilter(collection: Collection): void {
    collection.filter?.end()
    collection.filter = undefined
  }

  function newTable(): number {
    const key = Buffer.from('nextTable')
    const table = tree.get(TABLE.meta, key)?.readUInt32BE(0) ?? FIRST_FREE_TABLE
    tree.put(TABLE.meta, key, tableKey(table + 1))
    return table
  }

  function save(collection: Collection): void {
    const indexes = collection.indexes.map(({ table, spec, multikey, truncated, ready }) => ({
      table,
      spec,
      multikey,
      truncated,
      ready,
    }))
    const { table, uuid } = collection
    tree.put(TABLE.catalog, rowKey(collection), encode({ table, uuid, indexes }))
  }

  const catalog: Catalog = {
    databases: () => [...new Set([...collections.values()].map(collection => collection.database))].sort(),
    collections: database => [...collections.values()].filter(collection => collection.database === database),
    find(database, name) {
      if (latest?.name !== name || latest.database !== database)
        latest = collections.get(`${database}.${name}`)
      return latest
    },

    create(database, name) {
      refuseBadName(database, name)
      const collection = { table: newTable(), database, name, uuid: new UUID(), indexes: [], count: 0 }
      collections.set(`${database}.${name}`, collection)
      save(collection)
      return collection
    },

    drop(collection) {
      endFilter(collection)
      for (const { table } of [collection, ...collection.indexes])
        tree.put(TABLE.dropped, tableKey(table), Buffer.alloc(1))
      tree.remove(TABLE.catalog, rowKey(collection))
      tree.remove(TABLE.counts, tableKey(collection.table))
      changedCounts.delete(collection)
      latest = undefined
      collections.delete(`${collection.database}.${collection.name}`)
    },

    rename(collection, name) {
      refuseBadName(collection.database, name)
      endFilter(collection)
      tree.remove(TABLE.catalog, rowKey(collection))
      collections.delete(`${collection.database}.${collection.name}`)
      latest = undefined
      collection.name = name
      collections.set(`${collection.database}.${name}`, collection)
      save(collection)
    },

    addIndex(collection, spec, ready) {
      const index = indexFromSpec(newTable(), spec, { multikey: false, truncated: false, ready })
      collection.indexes.push(index)
      save(collection)
      return index
    },

    dropIndex(collection, index) {
      collection.indexes = collection.indexes.filter(other => other !== index)
      tree.put(TABLE.dropped, tableKey(index.table), Buffer.alloc(1))
      save(collection)
    },

    save,

    adjustCount(collection, by) {
      collection.count += by
      changedCounts.add(collection)
    },

    saveCounts() {
      for (const { table, count } of changedCounts) {
        const value = Buffer.alloc(8)
        value.writeDoubleBE(count, 0)
        tree.put(TABLE.counts, tableKey(table), value)
      }
      changedCounts.clear()
    },

    reload() {
      changedCounts.clear()
      latest = undefined
      const before = collections
      collections = new Map()
      for (const { key, value } of tree.first(TABLE.catalog, ALL_KEYS, Number.POSITIVE_INFINITY)) {
        const namespace = key.toString()
        const collection = readCollection(tree, namespace, decode(value))
        const known = before.get(namespace)
        if (known?.table === collection.table) {
          collection.filter = known.filter
          before.delete(namespace)
        }
        collections.set(namespace, collection)
      }
      for (const gone of before.values()) endFilter(gone)
    },

    endFilters() {
      for (const collection of collections.values()) endFilter(collection)
    },
  }
  catalog.reload()
  return catalog
}

function rowKey({ database, name }: Collection): Buffer {
  return Buffer.from(`${database}.${name}`)
}

function readCollection(tree: Tree, namespace: string, row: Document): Collection {
  const dot = namespace.indexOf('.')
  const table = Number(row.table)
  return {
    table,
    database: namespace.slice(0, dot),
    name: namespace.slice(dot + 1),
    uuid: row.uuid,
    indexes: row.indexes.map((index: Document) =>
      indexFromSpec(Number(index.table), index.spec, {
        multikey: index.multikey,
        truncated: index.truncated,
        ready: index.ready,
      }),
    ),
    count: tree.get(TABLE.counts, tableKey(table))?.readDoubleBE(0) ?? 0,
  }
}

/** MongoDB's limits on names: https://www.mongodb.com/docs/manual/reference/limits/ ("Naming Restrictions"). */
function refuseBadName(database: string, name: string): void {
  if (database === '' || /[/\\. "$*<>:|?\0]/.test(database) || Buffer.byteLength(database) > 63)
    throw mongoError('InvalidNamespace', `Invalid database name: '${database}'`)
  if (name === '' || name.startsWith('.') || name.startsWith('system.') || /[$\0]/.test(name))
    throw mongoError('InvalidNamespace', `Invalid collection name: ${name}`)
  if (Buffer.byteLength(`${database}.${name}`) > 255)
    throw mongoError('InvalidNamespace', `Fully qualified namespace is too long: ${database}.${name}`)
}
