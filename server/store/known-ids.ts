import type { Model } from 'mongoose'
import { findByIds } from './find-by-ids.ts'
import { lineOf } from './line-of.ts'

/** Those of the ids that a collection has. */
export async function knownIds<T extends { _id: string }>(
  model: Model<T>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const line = lineOf(model)
  if (!line) return new Set((await findByIds<{ _id: string }>(model as never, ids, ['_id'])).map(idOf))
  const of = { database: model.db.name, collection: model.collection.name }
  const asked = line.maybe(of, ids)
  if (asked.length === 0) return NONE
  const places = await line.known({ ...of, ids: asked })
  return new Set(places.map(place => asked[place]!))
}

const NONE: ReadonlySet<string> = new Set()

const idOf = ({ _id }: { _id: string }): string => _id
