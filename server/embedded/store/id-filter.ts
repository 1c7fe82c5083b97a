/**
 * A Bloom filter over the ids of a collection, in memory that two threads share: one adds ids as documents come,
 * the other asks without a message. What it says is not there is not there; what it says may be there is in a few
 * of a hundred cases not.
 */
export interface IdFilter {
  readonly memory: SharedArrayBuffer
  /** @param key of the id, as its document is stored under */
  add(key: Uint8Array): void
  mayHave(key: Uint8Array): boolean
  /** From now on it knows nothing: ids come that are not added, or more came than it can tell apart. */
  end(): void
  isOver(): boolean
}

/** Words before the bits: whether it is over, and how many ids were added. */
const OVER = 0
const ADDED = 1
const HEAD_WORDS = 2

const LEAST_BITS = 2 ** 23
/** 32 MB. */
const MOST_BITS = 2 ** 28
/** At the start, so that as many ids again may come. */
const BITS_PER_ID = 16
const FEWEST_BITS_PER_ID = 6
const PROBES = 4

/** An empty one for a collection that has `count` ids; none for more than it could tell apart. */
export function createIdFilter(count: number): IdFilter | undefined {
  if (count * FEWEST_BITS_PER_ID > MOST_BITS / 2) return undefined
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, count) * BITS_PER_ID))
  const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, wanted))
  return idFilterIn(new SharedArrayBuffer(4 * HEAD_WORDS + bits / 8))
}

/** The filter another thread made. */
export function idFilterIn(memory: SharedArrayBuffer): IdFilter {
  const head = new Int32Array(memory, 0, HEAD_WORDS)
  const words = new Int32Array(memory, 4 * HEAD_WORDS)
  const bits = words.length * 32
  const mostIds = bits / FEWEST_BITS_PER_ID
  return {
    memory,
    add(key) {
      const { first, step } = hashes(key)
      for (let probe = 0, bit = first; probe < PROBES; probe++, bit += step) {
        const at = (bit >>> 0) & (bits - 1)
        words[at >>> 5]! |= 1 << at
      }
      if (++head[ADDED]! > mostIds) Atomics.store(head, OVER, 1)
    },
    mayHave(key) {
      const { first, step } = hashes(key)
      for (let probe = 0, bit = first; probe < PROBES; probe++, bit += step) {
        const at = (bit >>> 0) & (bits - 1)
        if ((words[at >>> 5]! & (1 << at)) === 0) return false
      }
      return true
    },
    end() {
      Atomics.store(head, OVER, 1)
    },
    isOver: () => Atomics.load(head, OVER) === 1,
  }
}

/** Two hashes of a key in one pass (FNV-1a, and the same with another multiplier), mixed as MurmurHash3 ends. */
function hashes(key: Uint8Array): { first: number; step: number } {
  let one = 0x811c9dc5
  let other = 0x2545f491
  for (let at = 0; at < key.length; at++) {
    one = Math.imul(one ^ key[at]!, 0x01000193)
    other = Math.imul(other ^ key[at]!, 0x27d4eb2f)
  }
  return { first: mixed(one), step: mixed(other) | 1 }
}

function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
