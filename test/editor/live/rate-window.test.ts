import { describe, expect, it } from 'vitest'
import type { Rates } from '../../../editor/api/contract.ts'
import {
  addRates,
  averages,
  meanRates,
  type RateWindow,
  WINDOW_SECONDS,
} from '../../../editor/live/rate-window.ts'

function rates(accepted: number): Rates {
  return { accepted, decided: accepted, waiting: 0, failed: 0 }
}

function told(...seconds: readonly (readonly [second: number, accepted: number])[]): RateWindow {
  return seconds.reduce<RateWindow>((window, [second, n]) => addRates(window, second * 1000, rates(n)), [])
}

describe('the window of the last two minutes', () => {
  it('keeps one entry a second, the last one told', () => {
    const window = addRates(addRates([], 10_100, rates(1)), 10_900, rates(2))
    expect(window).toEqual([{ second: 10, rates: rates(2) }])
  })

  it('never grows beyond two minutes', () => {
    let window: RateWindow = []
    for (let second = 0; second < 1_000; second++) window = addRates(window, second * 1000, rates(second))
    expect(window).toHaveLength(WINDOW_SECONDS)
    expect(window.at(-1)?.second).toBe(999)
    expect(window[0]?.second).toBe(1_000 - WINDOW_SECONDS)
  })

  it('shows seconds nobody told of as holes, not as a line', () => {
    const window = told([10, 5], [13, 5])
    expect(window.map(entry => entry.rates?.accepted)).toEqual([5, undefined, undefined, 5])
  })

  it('does not fill hours of silence with millions of holes', () => {
    const window = told([10, 5], [10 + 86_400, 7])
    expect(window).toHaveLength(WINDOW_SECONDS)
    expect(window.at(-1)?.rates?.accepted).toBe(7)
    expect(window.slice(0, -1).every(entry => entry.rates === undefined)).toBe(true)
  })

  it('ignores a late message and starts anew when the clock of the server was set back', () => {
    expect(told([10, 1], [12, 2], [11, 9]).at(-1)?.rates?.accepted).toBe(2)
    expect(told([1_000, 1], [500, 9])).toEqual([{ second: 500, rates: rates(9) }])
  })

  it('averages what was told and leaves holes out', () => {
    const window = told([10, 4], [12, 8], [20, 1])
    expect(meanRates(window.slice(0, 3))?.accepted).toBe(6)
    expect(meanRates([{ second: 1, rates: undefined }])).toBeUndefined()
    expect(averages(window, 10).map(entry => [entry.second, entry.rates?.accepted])).toEqual([
      [20, 1],
      [10, 6],
    ])
  })
})
