import { describe, expect, it } from 'vitest'
import { formatDuration, formatInstant, formatMoney, formatValue, mask } from '../../server/workflow/words.ts'

describe('formatMoney', () => {
  it.each([
    [129_900, '¥1,299.00'],
    [0, '¥0.00'],
    [5, '¥0.05'],
    [-123_456_789, '-¥1,234,567.89'],
    [100_000_000_000, '¥1,000,000,000.00'],
  ])('says %i fen as %s', (fen, words) => {
    expect(formatMoney(fen)).toBe(words)
  })
})

describe('formatDuration', () => {
  it.each([
    [12_000_000, '3 小时 20 分', '3 h 20 min'],
    [90_061_000, '1 天 1 小时 1 分 1 秒', '1 d 1 h 1 min 1 s'],
    [86_400_000, '1 天', '1 d'],
    [400, '0 秒', '0 s'],
    [-60_000, '-1 分', '-1 min'],
  ])('says %i ms as %s', (ms, zh, en) => {
    expect(formatDuration(ms)).toEqual({ zh, en })
  })
})

describe('formatInstant', () => {
  it('shows the clock of Shanghai, whatever the machine says', () => {
    expect(formatInstant(new Date('2024-06-18T16:30:59Z'))).toBe('2024-06-19 00:30')
    expect(formatInstant('2024-06-18T10:00:00+08:00')).toBe('2024-06-18 10:00')
    expect(formatInstant(0)).toBe('1970-01-01 08:00')
  })

  it('knows no instant in what is none', () => {
    expect(formatInstant('tomorrow')).toBeUndefined()
    expect(formatInstant(new Date('x'))).toBeUndefined()
  })
})

describe('mask', () => {
  it.each([
    ['13812340000', '138****0000'],
    ['+86 138-1234-0000', '+86****0000'],
    ['王小明', '王**'],
    ['𠮷野家', '𠮷**'],
    ['', '**'],
  ])('hides %s as %s', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })
})

describe('formatValue', () => {
  const pieces = { zh: '件', en: 'pcs' }
  it.each([
    [null, {}, '（空）'],
    ['', {}, '（空）'],
    [[], {}, '（空）'],
    [true, {}, '是'],
    [12, { unit: pieces }, '12 件'],
    [0.1 + 0.2, {}, '0.3'],
    [129_900, { type: 'money' }, '¥1,299.00'],
    [60_000, { type: 'duration' }, '1 分'],
    ['2024-06-18T10:00:00+08:00', { type: 'instant' }, '2024-06-18 10:00'],
    ['soon', { type: 'instant' }, 'soon'],
    [new Date(0), {}, '1970-01-01 08:00'],
    ['sale', { options: [{ value: 'sale', name: { zh: '销售单', en: 'sale' } }] }, '销售单'],
    ['王小明', { personal: true }, '王**'],
    [['a', 'b'], {}, 'a、b'],
    [Array.from({ length: 12 }, (_, index) => index), {}, '0、1、2、3、4、5、6、7、8、9 等 12 项'],
    ['x'.repeat(61), {}, `${'x'.repeat(60)}…`],
    [{ a: 1 }, {}, '{"a":1}'],
  ] as const)('says %j with %j as %s', (value, style, zh) => {
    expect(formatValue(value, style).zh).toBe(zh)
  })
})
