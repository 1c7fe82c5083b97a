import type { Collection, Document } from 'mongodb'

/** An operation of a unified test on a collection, with the driver's method of the same name. */
type Operation = (collection: Collection, given: Document) => Promise<unknown>

export const OPERATIONS: Record<string, Operation> = {
  aggregate: (c, { pipeline, ...options }) => c.aggregate(pipeline, options).toArray(),
  bulkWrite: (c, { requests, ...options }) => c.bulkWrite(requests.map(bulkModel), options),
  count: (c, { filter, ...options }) => c.count(filter, options),
  countDocuments: (c, { filter, ...options }) => c.countDocuments(filter, options),
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
  insertMany: (c, { documents, ...options }) => c.insertMany(documents, options),
  insertOne: (c, { document, ...options }) => c.insertOne(document, options),
  replaceOne: (c, { filter, replacement, ...options }) => c.replaceOne(filter, replacement, options),
  updateMany: (c, { filter, update, ...options }) => c.updateMany(filter, update, options),
  updateOne: (c, { filter, update, ...options }) => c.updateOne(filter, update, options),
}

/** The format writes `{ insertOne: { document } }` and the like just as the driver does. */
function bulkModel(request: Document) {
  return request as Parameters<Collection['bulkWrite']>[0][number]
}

function afterInLowerCase(options: Document): Document {
  const { returnDocument, ...others } = options
  return returnDocument ? { ...others, returnDocument: returnDocument.toLowerCase() } : others
}
