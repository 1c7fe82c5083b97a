import type { EventDoc } from '../../store/event-doc.ts'
import { LANES } from '../../store/lanes.ts'
import { idTable } from './id-table.ts'
import type { Place } from './journal.ts'

/** Events of a lane that are kept in memory; those behind them are read from the journal when their turn comes. */
const MAX_REMEMBERED = 300
/** Settled ones at the front of a lane are let go of when there are so many. */
const MAX_SETTLED = 1_024
const FIRST_ROOM = 1_024

/** An event in memory, and its document as it stands in the journal. */
export interface Remembered {
  readonly event: EventDoc
  readonly bson: Uint8Array
}

/** The events that wait in the journal: a few in memory, of the others only where they lie. */
export interface WaitingEvents {
  readonly count: number
  countIn(lane: number): number
  add(id: string, lane: number, place: Place, event?: Remembered): void
  has(id: string): boolean
  get(id: string): EventDoc | undefined
  /** The document of an event that is in memory. */
  bsonOf(id: string): Uint8Array | undefined
  /** The first of a lane, in the order of acceptance. */
  first(lane: number, limit: number): EventDoc[]
  /** It waits no more. @returns where it lay; undefined where it did not wait */
  take(id: string): Place | undefined
}

/** How events that are not in memory are read. */
export interface WaitingReader {
  read(place: Place): Remembered
  isAt(place: Place, id: string): boolean
}

interface Lane {
  /** Numbers of its events, also of settled ones with others before them. */
  numbers: number[]
  /** All before it are settled. */
  head: number
  count: number
  readonly remembered: Map<number, Remembered>
}

export function waitingEvents({ read, isAt }: WaitingReader): WaitingEvents {
  const ids = idTable()
  const lanes = Array.from(
    { length: LANES },
    (): Lane => ({ numbers: [], head: 0, count: 0, remembered: new Map() }),
  )
  const places = placeList()
  let count = 0

  const isNumber = (id: string) => (number: number) => {
    const remembered = lanes[places.laneOf(number)]!.remembered.get(number)
    return remembered ? remembered.event._id === id : isAt(places.get(number), id)
  }
  const find = (id: string) => (count === 0 ? undefined : ids.find(id, isNumber(id)))

  function remember(lane: Lane, number: number, what: Remembered): Remembered {
    if (lane.remembered.size < MAX_REMEMBERED) lane.remembered.set(number, what)
    return what
  }

  /** Settled ones leave their lane when all before them have: only then may their numbers be given anew. */
  function tidy(lane: Lane): void {
    const { numbers } = lane
    while (lane.head < numbers.length && places.isGone(numbers[lane.head]!))
      places.free(numbers[lane.head++]!)
    if (lane.head < MAX_SETTLED && lane.head < numbers.length) return
    lane.numbers = numbers.slice(lane.head)
    lane.head = 0
  }

  return {
    get count() {
      return count
    },
    countIn: lane => lanes[lane]!.count,
    add(id, laneNumber, place, event) {
      const lane = lanes[laneNumber]!
      const number = places.add(laneNumber, place)
      ids.set(id, number)
      lane.numbers.push(number)
      lane.count++
      count++
      if (event) remember(lane, number, event)
    },
    has: id => find(id) !== undefined,
    get(id) {
      const number = find(id)
      if (number === undefined) return undefined
      const kept = lanes[places.laneOf(number)]!.remembered.get(number)
      return (kept ?? read(places.get(number))).event
    },
    bsonOf(id) {
      const number = find(id)
      return number === undefined ? undefined : lanes[places.laneOf(number)]!.remembered.get(number)?.bson
    },
    first(laneNumber, limit) {
      const lane = lanes[laneNumber]!
      const found: EventDoc[] = []
      for (let at = lane.head; at < lane.numbers.length && found.length < limit; at++) {
        const number = lane.numbers[at]!
        if (places.isGone(number)) continue
        const { event } = lane.remembered.get(number) ?? remember(lane, number, read(places.get(number)))
        found.push(event)
      }
      return found
    },
    take(id) {
      const number = find(id)
      if (number === undefined) return undefined
      const place = places.get(number)
      const lane = lanes[places.laneOf(number)]!
      ids.remove(id, number)
      places.leave(number)
      lane.remembered.delete(number)
      lane.count--
      count--
      tidy(lane)
      return place
    },
  }
}

/** Places under small numbers, in memory that the collector need not look through. */
function placeList() {
  let files = new Uint32Array(FIRST_ROOM)
  let groups = new Float64Array(FIRST_ROOM)
  let ats = new Float64Array(FIRST_ROOM)
  let lengths = new Uint32Array(FIRST_ROOM)
  /** Lane + 1; 0 for one that is gone. */
  let lanes = new Uint8Array(FIRST_ROOM)
  const unused: number[] = []
  let next = 0

  function grow(): void {
    const room = files.length * 2
    const larger = <T extends Uint8Array | Uint32Array | Float64Array>(to: T, from: T): T => {
      to.set(from)
      return to
    }
    files = larger(new Uint32Array(room), files)
    groups = larger(new Float64Array(room), groups)
    ats = larger(new Float64Array(room), ats)
    lengths = larger(new Uint32Array(room), lengths)
    lanes = larger(new Uint8Array(room), lanes)
  }

  return {
    add(lane: number, place: Place): number {
      const number = unused.pop() ?? next++
      if (number === files.length) grow()
      files[number] = place.file
      groups[number] = place.group
      ats[number] = place.at
      lengths[number] = place.length
      lanes[number] = lane + 1
      return number
    },
    get: (number: number): Place => ({
      file: files[number]!,
      group: groups[number]!,
      at: ats[number]!,
      length: lengths[number]!,
    }),
    laneOf: (number: number): number => lanes[number]! - 1,
    leave(number: number): void {
      lanes[number] = 0
    },
    isGone: (number: number): boolean => lanes[number] === 0,
    /** The number may be given to another place. */
    free: (number: number): number => unused.push(number),
  }
}
