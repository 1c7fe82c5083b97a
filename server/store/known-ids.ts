import type { Model } from 'mongoose'
import { findByIds } from './find-by-ids.ts'
import { lineOf } from './line-of.ts'

/** Those of the ids that a collection has. */
export async function knownIds<T extends { _id: string }>(
  model: Model<T>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const line = lineOf(model)
  if (!line || ids.length === 0)
    return new Set((await findByIds<{ _id: string }>(model as never, ids, ['_id'])).map(({ _id }) => _id))
  const places = await line.known({ database: model.db.name, collection: model.collection.name, ids })
  return new Set(places.map(place => ids[place]!))
}
