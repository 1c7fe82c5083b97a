import type { CreateIndexesOptions, IndexSpecification } from 'mongodb'
import type { Model } from 'mongoose'
import { RETIRED_INDEXES } from './retired-indexes.ts'

/** What MongoDB answers where an index is there already, but not like this: options, or keys, are others. */
const CONFLICTS: ReadonlySet<unknown> = new Set([85, 86])
/** What MongoDB answers where there is no such collection, or no such index in it. */
const NOT_THERE: ReadonlySet<unknown> = new Set([26, 27])

const codeOf = (error: unknown) => (error as { code?: unknown }).code

/**
 * Makes sure of every index of a collection. One that an earlier version of the product made otherwise is made
 * anew, one that is needed no more is dropped; indexes somebody else added are left alone.
 */
export async function ensureIndexes<T>(model: Model<T>): Promise<void> {
  const { collection } = model
  for (const name of RETIRED_INDEXES[collection.name] ?? [])
    await collection.dropIndex(name).catch(error => {
      if (!NOT_THERE.has(codeOf(error))) throw error
    })
  for (const [keys, options] of model.schema.indexes()) {
    const spec = keys as IndexSpecification
    const how = options as CreateIndexesOptions
    try {
      await collection.createIndex(spec, how)
    } catch (error) {
      if (!CONFLICTS.has(codeOf(error))) throw error
      const same = JSON.stringify(keys)
      const found = await collection.listIndexes().toArray()
      const old = found.find(({ name, key }) => name === how.name || JSON.stringify(key) === same)
      if (!old) throw error
      await collection.dropIndex(old.name)
      await collection.createIndex(spec, how)
    }
  }
}
