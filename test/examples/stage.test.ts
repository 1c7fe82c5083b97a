import { describe, expect, it } from 'vitest'
import { inventBuyer } from '../../connectors/simulators/buyers.ts'
import { createPrng } from '../../connectors/simulators/prng.ts'
import { describeSet } from '../../examples/stage/sets.ts'
import { tableLines, widthOf } from '../../examples/stage/table.ts'
import { createTelling } from '../../examples/stage/telling.ts'

describe('a table on a terminal', () => {
  it('counts two cells for a Chinese character, its punctuation and a full-width form', () => {
    expect(widthOf('订单')).toBe(4)
    expect(widthOf('SKU-1')).toBe(5)
    expect(widthOf('调拨，T+1')).toBe(9)
  })

  it('keeps columns below one another whatever they hold, figures to the right', () => {
    const lines = tableLines(
      ['去向', '单', 'note'],
      [
        ['直发', '1,204', 'a'],
        ['transfer', '7', '乙'],
      ],
    )
    expect(lines).toEqual([
      '  去向          单   note',
      '  ────────   ─────   ────',
      '  直发       1,204   a',
      '  transfer       7   乙',
    ])
  })
})

describe('an invariant', () => {
  it('is printed with ✓ or ✗ and what was seen, and counted when it does not hold', () => {
    const lines: string[] = []
    const telling = createTelling(line => lines.push(line))
    telling.check({ zh: '对', en: 'right' }, true, 'not shown')
    telling.check({ zh: '错', en: 'wrong' }, false, 'seen instead')
    expect(lines).toEqual(['✓ 对  right', '✗ 错  wrong', '    seen instead'])
    expect(telling.broken).toBe(1)
  })
})

describe('comparing what was found with what must be there', () => {
  it('says nothing when both hold the same, in whatever order', () => {
    expect(describeSet(['b', 'a', 'a'], ['a', 'b', 'a'])).toBe('')
  })

  it('counts: one too many is told, and so is one too few', () => {
    expect(describeSet(['a', 'a'], ['a', 'b'])).toBe('1 missing [b], 1 unexpected [a]')
  })
})

describe('made-up buyers', () => {
  it('have eleven-digit phones, a different one for every number', () => {
    const prng = createPrng(1)
    const phones = Array.from({ length: 20_000 }, (_, number) => inventBuyer(prng, number * 600).phone)
    expect(new Set(phones.map(phone => phone.slice(2))).size).toBe(phones.length)
    expect(phones.every(phone => /^1[3-9]\d{9}$/.test(phone))).toBe(true)
  })
})

describe('the seeded random source', () => {
  it('tells the same for a seed, covers both ends of a range and leans to neither', () => {
    const draw = (seed: number) => {
      const prng = createPrng(seed)
      return Array.from({ length: 6_000 }, () => prng.int(1, 6))
    }
    expect(draw(4)).toEqual(draw(4))
    expect(draw(4)).not.toEqual(draw(5))
    const counts = [1, 2, 3, 4, 5, 6].map(face => draw(4).filter(each => each === face).length)
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })
})
