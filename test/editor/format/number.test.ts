import { describe, expect, it } from 'vitest'
import { countText, moneyText, rateText, shareText } from '../../../editor/format/number.ts'

describe('numbers on screen', () => {
  it('show money in yuan from integer fen', () => {
    expect(moneyText(129_900)).toBe('¥1,299.00')
    expect(moneyText(5)).toBe('¥0.05')
    expect(moneyText(-129_905)).toBe('-¥1,299.05')
    expect(moneyText(-5)).toBe('-¥0.05')
    expect(moneyText(9_007_199_254_740_991)).toBe('¥90,071,992,547,409.91')
  })

  it('group counts by thousands', () => {
    expect(countText(12_345)).toBe('12,345')
    expect(countText(0)).toBe('0')
  })

  it('show a small rate to the tenth and a large one whole', () => {
    expect(rateText(0)).toBe('0')
    expect(rateText(0.34)).toBe('0.3')
    expect(rateText(7)).toBe('7')
    expect(rateText(999.6)).toBe('1,000')
  })

  it('never show a small share as nothing, nor nearly all as all', () => {
    expect(shareText(81, 1_000)).toBe('8.1%')
    expect(shareText(1, 100_000)).toBe('<0.1%')
    expect(shareText(99_999, 100_000)).toBe('99.9%')
    expect(shareText(5, 5)).toBe('100%')
    expect(shareText(0, 5)).toBe('0%')
    expect(shareText(0, 0)).toBe('0%')
  })
})
