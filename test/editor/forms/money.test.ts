import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber, parseYuan, yuanText } from '../../../editor/forms/money.ts'

describe('an amount typed in yuan', () => {
  it.each([
    ['199', 19_900],
    ['199.5', 19_950],
    ['0.01', 1],
    ['.5', 50],
    ['1,299.00', 129_900],
    ['¥ 88', 8_800],
    ['-3.20', -320],
    ['１９９。５', 19_950],
    ['0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is kept to the fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen)
  })

  it.each(['', '.', '-', '1.234', 'abc', '1.2.3', '90071992547409.92', '1e3'])('%s is none', text => {
    expect(parseYuan(text)).toBeUndefined()
  })

  it('reads back as it was shown, for every amount there is', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fen => {
        expect(parseYuan(yuanText(fen))).toBe(fen)
      }),
    )
  })

  it('is shown without cents where it has none', () => {
    expect([yuanText(19_900), yuanText(19_950), yuanText(-5)]).toEqual(['199', '199.50', '-0.05'])
  })
})

describe('a number as typed', () => {
  it('may have full-width digits and grouping commas', () => {
    expect([parseNumber('２００'), parseNumber('1,000.5'), parseNumber('-3')]).toEqual([200, 1_000.5, -3])
  })

  it('is none while it cannot be read', () => {
    expect(['', '12a', '-', '1e9', 'Infinity'].map(parseNumber)).toEqual(Array(5).fill(undefined))
  })
})
