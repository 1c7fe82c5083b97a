import { readInt32 } from '../bson/raw.ts'

/** The header before every message: its length, its id, the id it answers, its opcode (4 bytes each). */
export const HEADER_BYTES = 16

/** The longest message taken, in bytes; `maxMessageSizeBytes` of the handshake. */
export const MAX_MESSAGE_BYTES = 48_000_000

/**
 * Cuts a byte stream into whole messages. Answers a function to feed it chunks; `onMessage` gets each message,
 * header included. Throws RangeError on a length no message may have: the stream cannot be read any further.
 */
export function createFramer(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let wanted = HEADER_BYTES

  return chunk => {
    pending.push(chunk)
    pendingBytes += chunk.length
    if (pendingBytes < wanted) return
    let bytes = pending.length === 1 ? chunk : Buffer.concat(pending, pendingBytes)
    while (bytes.length >= HEADER_BYTES) {
      const length = readInt32(bytes, 0)
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES)
        throw new RangeError(`a message of ${length} bytes is outside ${HEADER_BYTES}..${MAX_MESSAGE_BYTES}`)
      wanted = length
      if (bytes.length < length) break
      onMessage(bytes.subarray(0, length))
      bytes = bytes.subarray(length)
      wanted = HEADER_BYTES
    }
    pending = bytes.length > 0 ? [bytes] : []
    pendingBytes = bytes.length
  }
}
