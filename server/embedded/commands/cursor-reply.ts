import { TYPE } from '../bson/types.ts'
import { rawArray, rawDocument, rawDouble, rawField, rawLong, rawString } from '../wire/raw-bson.ts'
import { type Call, countOf, isTrue } from './command.ts'
import type { Batch, Reader } from './reader.ts'

/** Documents in a first batch whose size the client left open. */
const DEFAULT_FIRST_BATCH = 101

/** Answers with the first batch of a result and keeps a cursor for the rest. */
export async function firstBatch(
  call: Call,
  namespace: string,
  reader: Reader,
  options: { batchSize: unknown; singleBatch?: boolean },
): Promise<Uint8Array> {
  const batch = await reader(countOf(options.batchSize, 'batchSize', DEFAULT_FIRST_BATCH))
  const keeps = !batch.isLast && !options.singleBatch
  const id = keeps ? call.cursors.keep(namespace, reader, isTrue(call.body.noCursorTimeout)) : 0n
  return cursorReply('firstBatch', namespace, id, batch)
}

/** `{ cursor: { firstBatch | nextBatch, id, ns }, ok: 1 }`. */
export function cursorReply(
  field: 'firstBatch' | 'nextBatch',
  namespace: string,
  id: bigint,
  { documents }: Batch,
): Uint8Array {
  const cursor = rawDocument([
    rawField(field, TYPE.array, rawArray(documents)),
    rawLong('id', id),
    rawString('ns', namespace),
  ])
  return rawDocument([rawField('cursor', TYPE.object, cursor), rawDouble('ok', 1)])
}
