import { SHANGHAI, zoneOffset } from '../../zone.ts'
import { toInstantMs } from '../instants.ts'
import { both, type Operators } from '../operator.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MINUTES_OF_DAY = 1_440
/** Days from the Monday before to 1970-01-01, which was a Thursday. */
const FIRST_DAY = 3
/** Dates reach no further, to either side of 1970. */
const LAST_MS = 8.64e15

/** Instants, and where they fall in the day and in the week. */
export const timeOperators: Operators = {
  instant: {
    kind: 'value',
    ours: true,
    args: [1, 1],
    takes: ['instant'],
    gives: 'instant',
    words: both('{0}'),
    apply: toInstantMs,
  },
  within_minutes: {
    kind: 'value',
    ours: true,
    args: [3, 3],
    takes: ['instant', 'instant', 'number'],
    gives: 'boolean',
    words: { zh: '{0} 与 {1} 相差不超过 {2} 分钟', en: '{0} and {1} are within {2} minutes' },
    apply: (a, b, minutes) =>
      typeof minutes === 'number' && Math.abs(toMs(a) - toMs(b)) <= minutes * MINUTE_MS,
  },
  time_of_day: {
    kind: 'value',
    ours: true,
    args: [1, 2],
    takes: ['instant', 'string'],
    gives: 'number',
    shown: 'clock',
    words: { zh: '{0}的时刻', en: 'time of day of {0}' },
    apply: (at, zone) => Math.floor(rest(localMs(at, zone), DAY_MS) / MINUTE_MS),
  },
  weekday: {
    kind: 'value',
    ours: true,
    args: [1, 2],
    takes: ['instant', 'string'],
    gives: 'number',
    shown: 'weekday',
    words: { zh: '{0}的星期', en: 'weekday of {0}' },
    apply: (at, zone) => rest(Math.floor(localMs(at, zone) / DAY_MS) + FIRST_DAY, 7) + 1,
  },
}

/** The values a number shown on a clock or as a weekday can have. */
export const shownRange: Readonly<Record<'clock' | 'weekday', readonly [least: number, most: number]>> = {
  clock: [0, MINUTES_OF_DAY - 1],
  weekday: [1, 7],
}

/** The `instant` operator gives milliseconds, fields give dates. */
function toMs(value: unknown): number {
  return typeof value === 'number' ? value : toInstantMs(value)
}

/** What clocks of the zone show, in ms since 1970 as if it were UTC; NaN for no instant and for no zone. */
function localMs(at: unknown, zone: unknown = SHANGHAI): number {
  const ms = toMs(at)
  const offset = typeof zone === 'string' ? zoneOffset(zone) : undefined
  return offset && Math.abs(ms) <= LAST_MS ? ms + offset(ms) : Number.NaN
}

/** The rest of a division that is never negative. */
function rest(value: number, by: number): number {
  return ((value % by) + by) % by
}
