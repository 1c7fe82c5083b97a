import type { Model } from 'mongoose'
import { writeInOrder } from './write-in-order.ts'

/**
 * Inserts documents whose ids are derived from what they are, so a repeated insert is the same document.
 * @returns the indexes of documents that were there already
 * @throws any error that is not a duplicate key
 */
export async function insertNew<T extends object>(
  model: Model<T>,
  documents: readonly T[],
): Promise<ReadonlySet<number>> {
  const [written] = await writeInOrder([[{ into: model, insert: documents }]])
  return written!.known
}
