// Sets of small numbers as words of 32 bits: the values a variable may still have.

export type Bits = Uint32Array

export function bitsOf(size: number, has: (index: number) => boolean): Bits {
  const bits = new Uint32Array(Math.ceil(size / 32))
  for (let index = 0; index < size; index++) {
    if (has(index)) bits[index >>> 5]! |= 1 << (index & 31)
  }
  return bits
}

export function hasBit(bits: Bits, index: number): boolean {
  return (bits[index >>> 5]! & (1 << (index & 31))) !== 0
}

/** Whether a set shares any member with another, or with what the other lacks. */
export function meets(bits: Bits, other: Bits, wanted: boolean): boolean {
  for (let word = 0; word < bits.length; word++) {
    if ((bits[word]! & (wanted ? other[word]! : ~other[word]!)) !== 0) return true
  }
  return false
}

/** The members also in another set, or not in it; the set itself where that changes nothing. */
export function narrowed(bits: Bits, other: Bits, wanted: boolean): Bits {
  if (!meets(bits, other, !wanted)) return bits
  return bits.map((word, index) => word & (wanted ? other[index]! : ~other[index]!))
}

export function without(bits: Bits, index: number): Bits {
  const rest = bits.slice()
  rest[index >>> 5]! &= ~(1 << (index & 31))
  return rest
}

export function isEmpty(bits: Bits): boolean {
  return bits.every(word => word === 0)
}

/** The smallest member; -1 of the empty set. */
export function firstBit(bits: Bits): number {
  for (let word = 0; word < bits.length; word++) {
    if (bits[word] !== 0) return word * 32 + 31 - Math.clz32(bits[word]! & -bits[word]!)
  }
  return -1
}

export function members(bits: Bits): readonly number[] {
  const found: number[] = []
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) {
      found.push(word * 32 + 31 - Math.clz32(rest & -rest))
    }
  }
  return found
}

export function isSingle(bits: Bits): boolean {
  const first = firstBit(bits)
  return first >= 0 && isEmpty(without(bits, first))
}
