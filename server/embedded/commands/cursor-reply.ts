import { rawLong } from '../bson/arithmetic.ts'
import {
  beginDocument,
  byteWriter,
  endDocument,
  writeBytes,
  writeElement,
  writeElementHead,
  written,
} from '../bson/byte-writer.ts'
import { rawDouble, rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
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

/** `{ cursor: { firstBatch | nextBatch, id, ns }, ok: 1 }`, written in one go around documents that are BSON. */
export function cursorReply(
  field: 'firstBatch' | 'nextBatch',
  namespace: string,
  id: bigint,
  { documents }: Batch,
): Uint8Array {
  const writer = byteWriter(lengthWith(documents))
  const reply = beginDocument(writer)
  writeElementHead(writer, TYPE.object, 'cursor')
  const cursor = beginDocument(writer)
  writeElementHead(writer, TYPE.array, field)
  const array = beginDocument(writer)
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i]!
    writeElementHead(writer, TYPE.object, String(i))
    writeBytes(writer, document, 0, document.length)
  }
  endDocument(writer, array)
  writeElement(writer, 'id', id === 0n ? NO_CURSOR : rawLong(id))
  writeElement(writer, 'ns', rawOf(namespace))
  endDocument(writer, cursor)
  writeElement(writer, 'ok', OK)
  endDocument(writer, reply)
  return written(writer)
}

const NO_CURSOR = rawLong(0n)
const OK = rawDouble(1)

/** About how long a reply with these documents is: their names take up to 8 bytes each, all else little. */
function lengthWith(documents: readonly Uint8Array[]): number {
  let length = 256
  for (const document of documents) length += document.length + 8
  return length
}
