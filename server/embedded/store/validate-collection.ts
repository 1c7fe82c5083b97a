import { MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { encodeRaw } from '../bson/key.ts'
import { rawField } from '../bson/raw.ts'
import { refuseMalformed } from '../bson/validate.ts'
import { mongoError } from '../errors.ts'
import type { Collection } from './catalog.ts'
import { eachEntry } from './each-entry.ts'
import type { Store } from './store.ts'
import { TABLE, tableKey } from './tables.ts'
import { ALL_KEYS } from './tree.ts'
import { checkIndex, type EntryFinding, type IndexFindings, messageOf } from './validate-index.ts'

/** Errors that are worded; what is beyond is only counted. */
const LISTED = 100

/** What was found of a collection; it is whole where no error is listed, here or of an index. */
export interface CollectionFindings {
  documents: number
  /** Documents that are no BSON, or lie under another key than that of their `_id`. */
  invalid: number
  /** By the name of the index. */
  indexes: Map<string, IndexFindings>
  errors: string[]
  warnings: string[]
  /** The first ones of all indexes. */
  missing: EntryFinding[]
  extra: EntryFinding[]
}

/**
 * Compares everything a collection has with everything else: documents with their keys, indexes with documents in
 * both directions, the count with the documents. It works while others write: what belongs together is looked at in
 * one go, between two writes. Throws MongoError where the collection is dropped meanwhile.
 */
export async function validateCollection(store: Store, collection: Collection): Promise<CollectionFindings> {
  const { tree, catalog } = store
  const findings: CollectionFindings = {
    documents: 0,
    invalid: 0,
    indexes: new Map(),
    errors: [],
    warnings: [],
    missing: [],
    extra: [],
  }
  const ready = collection.indexes.filter(index => index.ready)
  for (const { name } of collection.indexes.filter(index => !index.ready))
    findings.warnings.push(`index ${name} is still being built and was not looked at`)
  const checks = ready.map(index => checkIndex(tree, catalog, collection, index, findings))

  try {
    await eachEntry(tree, collection.table, ({ key, value }) => {
      findings.documents++
      const problem = problemOf(key, value)
      if (problem) {
        findings.invalid++
        complain(findings, `the document with the key ${key.toString('hex')} ${problem}`)
      } else for (const check of checks) check.document(key, value)
    })
  } catch (error) {
    complain(findings, `the documents cannot be read: ${messageOf(error)}`)
  }
  for (const check of checks) findings.indexes.set(check.name, await check.finish())
  checkCount(store, current(store, collection), findings)
  return findings
}

function complain({ errors }: CollectionFindings, error: string): void {
  if (errors.length < LISTED) errors.push(error)
}

/** What is wrong with a stored document; undefined where nothing. */
function problemOf(key: Buffer, raw: Buffer): string | undefined {
  try {
    refuseMalformed(raw)
  } catch (error) {
    return `is damaged: ${messageOf(error)}`
  }
  const id = rawField(raw, '_id')
  if (!id) return 'has no _id'
  if (!encodeRaw(id).equals(key)) return 'lies under another key than that of its _id'
  if (raw.length > MAX_DOCUMENT_BYTES) return `takes ${raw.length} bytes, more than a document may`
  return undefined
}

/** The count in memory and the one on the disk are changed together with the documents, so all three agree at any time. */
function checkCount({ tree }: Store, { table, count }: Collection, findings: CollectionFindings): void {
  try {
    const counted = tree.count(table, ALL_KEYS)
    const stored = tree.get(TABLE.counts, tableKey(table))?.readDoubleBE(0) ?? 0
    if (counted !== count || counted !== stored)
      complain(findings, `the count says ${stored} documents (${count} in memory), and there are ${counted}`)
  } catch (error) {
    complain(findings, `the documents cannot be counted: ${messageOf(error)}`)
  }
}

function current({ catalog }: Store, { table, database, name }: Collection): Collection {
  const now = catalog.find(database, name)
  if (now?.table !== table)
    throw mongoError('QueryPlanKilled', `collection ${database}.${name} was dropped while it was validated`)
  return now
}
