import type { Collection, Db, Document } from 'mongodb'

/** An operation of a unified test on a collection, with the driver's method of the same name. */
type Operation<On> = (on: On, given: Document) => Promise<unknown>

export const ON_DATABASE: Record<string, Operation<Db>> = {
  aggregate: (db, { pipeline, ...options }) => db.aggregate(pipeline, options).toArray(),
}

export const ON_COLLECTION: Record<string, Operation<Collection>> = {
  aggregate: (c, { pipeline, ...options }) => c.aggregate(pipeline, options).toArray(),
  bulkWrite: (c, { requests, ...options }) =>
    c.bulkWrite(requests.map(bulkModel), {
      ...withIdsAsGiven(requests.map((request: Document) => request.insertOne?.document)),
      ...options,
    }),
  count: (c, { filter, ...options }) => c.count(filter, options),
  countDocuments: (c, { filter, ...options }) => c.countDocuments(filter, options),
  createIndex: (c, { keys, ...options }) => c.createIndex(keys, options),
  deleteMany: (c, { filter, ...options }) => c.deleteMany(filter, options),
  deleteOne: (c, { filter, ...options }) => c.deleteOne(filter, options),
  distinct: (c, { fieldName, filter, ...options }) => c.distinct(fieldName, filter, options),
  estimatedDocumentCount: (c, options) => c.estimatedDocumentCount(options),
  find: (c, { filter, ...options }) => c.find(filter, options).toArray(),
  findOne: (c, { filter, ...options }) => c.findOne(filter, options),
  findOneAndDelete: (c, { filter, ...options }) => c.findOneAndDelete(filter, options),
  findOneAndReplace: (c, { filter, replacement, ...options }) =>
    c.findOneAndReplace(filter, replacement, afterInLowerCase(options)),
  findOneAndUpdate: (c, { filter, update, ...options }) =>
    c.findOneAndUpdate(filter, update, afterInLowerCase(options)),
  insertMany: (c, { documents, ...options }) =>
    c.insertMany(documents, { ...withIdsAsGiven(documents), ...options }),
  insertOne: (c, { document, ...options }) =>
    c.insertOne(document, { ...withIdsAsGiven([document]), ...options }),
  replaceOne: (c, { filter, replacement, ...options }) => c.replaceOne(filter, replacement, options),
  updateMany: (c, { filter, update, ...options }) => c.updateMany(filter, update, options),
  updateOne: (c, { filter, update, ...options }) => c.updateOne(filter, update, options),
}

/** Left to itself, the driver replaces an `_id` of null, which the server would store. */
function withIdsAsGiven(documents: (Document | undefined)[]): { forceServerObjectId?: boolean } {
  return documents.some(document => document?._id === null) ? { forceServerObjectId: true } : {}
}

/** The format writes `{ insertOne: { document } }` and the like just as the driver does. */
function bulkModel(request: Document) {
  return request as Parameters<Collection['bulkWrite']>[0][number]
}

function afterInLowerCase(options: Document): Document {
  const { returnDocument, ...others } = options
  return returnDocument ? { ...others, returnDocument: returnDocument.toLowerCase() } : others
}
