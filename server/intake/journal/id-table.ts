/** Finds a small number by an id, for a million ids in a fraction of the memory a Map of strings takes. */
export interface IdTable {
  /**
   * The number under the id.
   * @param is whether a number that may be under the id is; what is kept of an id is 64 bits, which two may share
   */
  find(id: string, is: (number: number) => boolean): number | undefined
  /** @param number below 2^32 − 1; not under any other id */
  set(id: string, number: number): void
  /** Takes out the number that was set under the id. */
  remove(id: string, number: number): void
}

const FIRST_SLOTS = 1_024

/** Open addressing with linear probing; a slot holds a number + 1 and both hashes of its id. */
export function idTable(): IdTable {
  let numbers = new Uint32Array(FIRST_SLOTS)
  let places = new Uint32Array(FIRST_SLOTS)
  let checks = new Uint32Array(FIRST_SLOTS)
  let count = 0

  const next = (slot: number) => (slot + 1) & (numbers.length - 1)

  function put(number: number, place: number, check: number): void {
    let slot = place & (numbers.length - 1)
    while (numbers[slot] !== 0) slot = next(slot)
    numbers[slot] = number + 1
    places[slot] = place
    checks[slot] = check
  }

  function grow(): void {
    const before = { numbers, places, checks }
    const slots = numbers.length * 2
    numbers = new Uint32Array(slots)
    places = new Uint32Array(slots)
    checks = new Uint32Array(slots)
    for (const [slot, number] of before.numbers.entries())
      if (number !== 0) put(number - 1, before.places[slot]!, before.checks[slot]!)
  }

  /** Closes the gap: what was put behind it only because its own slot was taken moves up. */
  function empty(slot: number): void {
    let gap = slot
    for (let at = next(gap); numbers[at] !== 0; at = next(at)) {
      const home = places[at]! & (numbers.length - 1)
      const isReachable = gap <= at ? gap < home && home <= at : gap < home || home <= at
      if (isReachable) continue
      numbers[gap] = numbers[at]!
      places[gap] = places[at]!
      checks[gap] = checks[at]!
      gap = at
    }
    numbers[gap] = 0
    count--
  }

  function slotOf(id: string, is: (number: number) => boolean): number | undefined {
    const { place, check } = hashesOf(id)
    for (let slot = place & (numbers.length - 1); numbers[slot] !== 0; slot = next(slot))
      if (places[slot] === place && checks[slot] === check && is(numbers[slot]! - 1)) return slot
    return undefined
  }

  return {
    find(id, is) {
      const slot = slotOf(id, is)
      return slot === undefined ? undefined : numbers[slot]! - 1
    },
    set(id, number) {
      if (++count > numbers.length / 2) grow()
      const { place, check } = hashesOf(id)
      put(number, place, check)
    },
    remove(id, number) {
      const slot = slotOf(id, each => each === number)
      if (slot !== undefined) empty(slot)
    },
  }
}

/** FNV-1a twice, of the text forwards and backwards. */
function hashesOf(id: string): { place: number; check: number } {
  let place = 0x811c9dc5
  let check = 0x811c9dc5
  for (let at = 0, last = id.length - 1; at <= last; at++) {
    place = Math.imul(place ^ id.charCodeAt(at), 0x01000193)
    check = Math.imul(check ^ id.charCodeAt(last - at), 0x01000193)
  }
  return { place: place >>> 0, check: check >>> 0 }
}
