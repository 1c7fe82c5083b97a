import { describe, expect, it } from 'vitest'
import { judge } from '../../server/world/dedup-window.ts'

const MINUTE_MS = 60_000
const noon = Date.parse('2026-10-01T04:00:00Z')
const kept = (orderKey: string, minutes: number) => ({
  orderKey,
  orderId: orderKey,
  channel: 'taobao',
  at: new Date(noon + minutes * MINUTE_MS),
})
const claim = (orderKey: string, minutes: number) => ({
  orderKey,
  at: new Date(noon + minutes * MINUTE_MS),
  windowMs: 3 * MINUTE_MS,
})

describe('the dedup window', () => {
  it('keeps the first of its kind', () => {
    expect(judge([], claim('a', 0))).toEqual({})
  })

  it.each([
    ['exactly the window after', 3, true],
    ['exactly the window before', -3, true],
    ['a little more than the window after', 3.0001, false],
    ['a little more than the window before', -3.0001, false],
    ['at the same time', 0, true],
  ])('%s: %d minutes', (_, minutes, repeats) => {
    const { duplicateOf } = judge([kept('a', 0)], claim('b', minutes))
    expect(duplicateOf?.orderKey).toBe(repeats ? 'a' : undefined)
  })

  it('never calls an order a repeat of itself, however often it comes', () => {
    expect(judge([kept('a', 0)], claim('a', 1))).toEqual({})
    expect(judge([kept('b', 0), kept('a', 2)], claim('a', 2))).toEqual({})
  })

  it('does not stretch over a chain, since repeats are not kept', () => {
    // b (at 2) repeated a and was not kept: c, 4 minutes after a, is the next one.
    expect(judge([kept('a', 0)], claim('c', 4))).toEqual({})
  })

  it('names the nearest of several', () => {
    expect(judge([kept('a', -3), kept('b', 1)], claim('c', 0)).duplicateOf?.orderKey).toBe('b')
  })

  it('of width 0 only meets the same instant', () => {
    expect(judge([kept('a', 0)], { ...claim('b', 0), windowMs: 0 }).duplicateOf?.orderKey).toBe('a')
    expect(judge([kept('a', 0)], { ...claim('b', 0.001), windowMs: 0 })).toEqual({})
  })
})
