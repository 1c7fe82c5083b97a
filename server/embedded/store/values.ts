/** Where LMDB leaves the value it read last: longer than that, and used again. Or the place in the file itself. */
interface ReadMemory extends Buffer {
  /** Its true length, where it is used again. */
  readonly maxLength?: number
}

let known: ReadMemory | undefined
let whole: Buffer = Buffer.alloc(0)

/**
 * Values as bytes, for LMDB. They are copied into the memory that Node keeps for small buffers: LMDB's own way gives
 * each value a memory of its own, which takes three times as long where values are short.
 */
export const VALUES = {
  encode: (value: Buffer): Buffer => value,
  /** @param length where it is no number, `memory` says itself how long the value is */
  decode(memory: ReadMemory, length?: unknown): Buffer {
    if (memory.maxLength === undefined) return Buffer.from(memory)
    if (memory !== known) {
      known = memory
      whole = Buffer.from(memory.buffer, memory.byteOffset, memory.maxLength)
    }
    const size = typeof length === 'number' ? length : memory.length
    const value = Buffer.allocUnsafe(size)
    whole.copy(value, 0, 0, size)
    return value
  },
}
