import { describe, expect, it } from 'vitest'
import { closest } from '../../server/workflow/closest.ts'

describe('closest', () => {
  const types = ['order.received', 'order.dedup', 'stock.hold', 'flow.end']

  it.each([
    ['order.dedupe', 'order.dedup'],
    ['Order.Dedup', 'order.dedup'],
    ['stock.hld', 'stock.hold'],
    ['flow.edn', 'flow.end'],
    ['warehouse', undefined],
    ['', undefined],
  ])('of %s is %s', (word, meant) => {
    expect(closest(word, types)).toBe(meant)
  })

  it('takes the nearest of several', () => {
    expect(closest('stock.own.ned', ['stock.own.available', 'stock.own.need', 'stock.near.need'])).toBe(
      'stock.own.need',
    )
  })

  it('does not compare a word of ten thousand letters with anything that could not be near', () => {
    expect(closest('x'.repeat(10_000), types)).toBeUndefined()
  })
})
