import type { Document } from 'mongodb'
import type { Model } from 'mongoose'
import { lineOf } from './line-of.ts'

/**
 * The documents with these ids, as they are stored, in no order. Goes straight to the store, see write-in-order.ts.
 * @param fields those that are needed beside the id; all where absent
 */
export async function findByIds<T extends { _id: string }>(
  model: Model<T>,
  ids: readonly string[],
  fields?: readonly (keyof T & string)[],
): Promise<T[]> {
  if (ids.length === 0) return []
  const filter = { _id: { $in: [...ids] } }
  const projection = fields && Object.fromEntries(fields.map(field => [field, 1]))
  const batchSize = ids.length + 1
  const line = lineOf(model)
  if (!line) {
    const found = model.collection.find(filter as object, { ...(projection && { projection }), batchSize })
    return (await found.toArray()) as unknown as T[]
  }
  const body = { find: model.collection.name, filter, batchSize, $db: model.db.name }
  const { cursor } = await line.read({ body: projection ? { ...body, projection } : body })
  return (cursor as Document).firstBatch as T[]
}

/** The same where few of the ids are expected to be there: those that are surely not are not asked for. */
export function findFew<T extends { _id: string }>(
  model: Model<T>,
  ids: readonly string[],
  fields?: readonly (keyof T & string)[],
): Promise<T[]> {
  const of = { database: model.db.name, collection: model.collection.name }
  return findByIds(model, lineOf(model)?.maybe(of, ids) ?? ids, fields)
}
