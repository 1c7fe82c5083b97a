import { createRequire } from 'node:module'
import type { Collection, Db } from 'mongodb'

/**
 * Documents as BSON, byte for byte: decoded and encoded again they would lose the order of fields with numbers for
 * names, fields that come twice, and types that are no longer written. The driver reads them so by an option; for
 * writing it has this class, which it keeps to itself.
 */
interface DocumentSequence {
  push(document: object, bson: Uint8Array): number
}

const { DocumentSequence } = createRequire(import.meta.url)('mongodb/lib/cmap/commands.js') as {
  DocumentSequence: new (field: string) => DocumentSequence
}

/** Documents fetched at a time: few enough that the product's own requests get their turns. */
const BATCH = 1000

/** Every document of a collection, in no order that may be relied on. */
export async function* readRaw(collection: Collection): AsyncGenerator<Uint8Array> {
  const cursor = collection.find({}, { raw: true, batchSize: BATCH })
  for await (const document of cursor) yield document as unknown as Uint8Array
}

/** A document the server did not take. */
interface Refusal {
  /** Its place among those that were given. */
  index: number
  message: string
}

/** Stores documents; answers the first one that was refused, behind which none is stored. */
export async function insertRaw(
  db: Db,
  collection: string,
  documents: readonly Uint8Array[],
): Promise<Refusal | undefined> {
  const sequence = new DocumentSequence('documents')
  for (const document of documents) sequence.push({}, document)
  const reply = await db.command({
    insert: collection,
    documents: sequence,
    ordered: true,
    writeConcern: { w: 'majority' },
  })
  const [refused] = (reply.writeErrors ?? []) as { index: number; errmsg: string }[]
  if (refused) return { index: refused.index, message: refused.errmsg }
  if (reply.writeConcernError) throw new Error(String(reply.writeConcernError.errmsg))
  if (reply.n !== documents.length) throw new Error(`${reply.n} of ${documents.length} documents were stored`)
  return undefined
}
