import type { Rates } from '../api/contract.ts'

/** Seconds the flow chart looks back. */
export const WINDOW_SECONDS = 120

/** One second of the flow; `rates` is absent where no message came in that second. */
export interface RateSecond {
  /** Seconds since 1970. */
  readonly second: number
  readonly rates: Rates | undefined
}

/** The last two minutes, oldest first, no second twice, never longer than the window. */
export type RateWindow = readonly RateSecond[]

/**
 * Adds a message of the server to the window. Of several in one second the last one stands; seconds nobody
 * reported are kept as holes, so that a lost connection shows as a gap and not as a straight line.
 */
export function addRates(window: RateWindow, at: number, rates: Rates): RateWindow {
  const second = Math.floor(at / 1000)
  const last = window.at(-1)
  if (last && second < last.second) {
    // The clock of the server went back: what was drawn before it has no place on this axis.
    return last.second - second > 5 ? [{ second, rates }] : window
  }
  if (last && second === last.second) return [...window.slice(0, -1), { second, rates }]
  const holes: RateSecond[] = []
  const firstHole = Math.max((last?.second ?? second) + 1, second - WINDOW_SECONDS)
  for (let hole = firstHole; hole < second; hole++) holes.push({ second: hole, rates: undefined })
  return [...window, ...holes, { second, rates }].slice(-WINDOW_SECONDS)
}

/** Averages of each `width` seconds, newest first: the table behind the chart. */
export function averages(window: RateWindow, width: number): RateSecond[] {
  const groups = new Map<number, RateSecond[]>()
  for (const entry of window) {
    const start = Math.floor(entry.second / width) * width
    const group = groups.get(start)
    if (group) group.push(entry)
    else groups.set(start, [entry])
  }
  return [...groups]
    .map(([second, entries]) => ({ second, rates: meanRates(entries) }))
    .sort((a, b) => b.second - a.second)
}

/** Mean of the seconds that were reported; undefined where none was. */
export function meanRates(window: RateWindow): Rates | undefined {
  const reported = window.flatMap(entry => entry.rates ?? [])
  if (reported.length === 0) return undefined
  const mean = (pick: (rates: Rates) => number) =>
    reported.reduce((sum, rates) => sum + pick(rates), 0) / reported.length
  return {
    accepted: mean(rates => rates.accepted),
    decided: mean(rates => rates.decided),
    waiting: mean(rates => rates.waiting),
    failed: mean(rates => rates.failed),
  }
}
