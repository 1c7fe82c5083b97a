import { type Document, MongoBulkWriteError } from 'mongodb'
import type { Model } from 'mongoose'

const DUPLICATE_KEY = 11000

/**
 * Inserts documents whose ids are derived from what they are, so a repeated insert is the same document.
 * Goes straight to the driver: the documents are ours and typed, casting them again would only cost time.
 * @returns the indexes of documents that were there already
 * @throws any error that is not a duplicate key
 */
export async function insertNew<T extends object>(
  model: Model<T>,
  documents: readonly T[],
): Promise<ReadonlySet<number>> {
  if (documents.length === 0) return new Set()
  try {
    await model.collection.insertMany(documents as readonly Document[] as Document[], { ordered: false })
    return new Set()
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    // The driver wraps every error in this one, also that the store is out of reach: then nothing is known to be stored.
    const cause: unknown = error.errorResponse
    if (cause instanceof Error) throw cause
    const writeErrors = [error.writeErrors].flat()
    if (error.result.getWriteConcernError() || writeErrors.some(each => each.code !== DUPLICATE_KEY))
      throw error
    return new Set(writeErrors.map(each => each.index))
  }
}
