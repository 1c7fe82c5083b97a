import type { CreateIndexesOptions, IndexSpecification } from 'mongodb'
import type { Model } from 'mongoose'

/** What MongoDB answers where an index is there already, but not like this: options, or keys, are others. */
const CONFLICTS: ReadonlySet<unknown> = new Set([85, 86])

/**
 * Makes sure of every index of a collection. One that an earlier version of the product made otherwise is made
 * anew; indexes somebody else added are left alone.
 */
export async function ensureIndexes<T>(model: Model<T>): Promise<void> {
  const { collection } = model
  for (const [keys, options] of model.schema.indexes()) {
    const spec = keys as IndexSpecification
    const how = options as CreateIndexesOptions
    try {
      await collection.createIndex(spec, how)
    } catch (error) {
      if (!CONFLICTS.has((error as { code?: unknown }).code)) throw error
      const same = JSON.stringify(keys)
      const found = await collection.listIndexes().toArray()
      const old = found.find(({ name, key }) => name === how.name || JSON.stringify(key) === same)
      if (!old) throw error
      await collection.dropIndex(old.name)
      await collection.createIndex(spec, how)
    }
  }
}
