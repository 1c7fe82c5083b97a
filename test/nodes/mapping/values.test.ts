import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fenFromYuan, numberFrom } from '../../../server/nodes/mapping/decimal.ts'
import { Fault, type FaultCode } from '../../../server/nodes/mapping/fault.ts'
import { instantFrom } from '../../../server/nodes/mapping/instant.ts'
import { phoneFrom } from '../../../server/nodes/mapping/phone.ts'
import { booleanFrom } from '../../../server/nodes/mapping/words.ts'
import { zoneOffset } from '../../../server/workflow/zone.ts'

const codeOf = (value: unknown): FaultCode | undefined => (value instanceof Fault ? value.code : undefined)

describe('yuan in fen', () => {
  it.each([
    ['119.00', 11_900],
    ['0.1', 10],
    ['.5', 50],
    ['12.', 1_200],
    ['-2.50', -250],
    ['+2.5', 250],
    ['1,299.00', 129_900],
    ['¥ 59.8', 5_980],
    ['\uffe559.80\u5143', 5_980],
    ['\uff11\uff12\uff0e\uff13', 1_230],
    [' 12.30 ', 1_230],
    ['12.3000', 1_230],
    [54.8, 5_480],
    [0.29, 29],
    [1.005, undefined],
    [0, 0],
    ['-0.00', 0],
    ['90071992547409.91', 9_007_199_254_740_991],
  ])('%j is %j', (yuan, fen) => {
    const made = fenFromYuan(yuan, false)
    if (fen === undefined) expect(codeOf(made)).toBe('TOO_MANY_DECIMALS')
    else expect(made).toBe(fen)
  })

  it.each([
    ['12.345', 1_235],
    ['12.344', 1_234],
    ['-12.345', -1_235],
    ['0.005', 1],
    ['0.0049', 0],
    [119.99999999999999, 12_000],
  ])('%j rounds to %j where rounding is asked for', (yuan, fen) => expect(fenFromYuan(yuan, true)).toBe(fen))

  it.each([
    ['', 'NOT_AN_AMOUNT'],
    ['abc', 'NOT_AN_AMOUNT'],
    ['1.2.3', 'NOT_AN_AMOUNT'],
    ['1,29.00', 'NOT_AN_AMOUNT'],
    ['1e3', 'NOT_AN_AMOUNT'],
    ['--1', 'NOT_AN_AMOUNT'],
    ['.', 'NOT_AN_AMOUNT'],
    [Number.NaN, 'NOT_AN_AMOUNT'],
    [true, 'NOT_AN_AMOUNT'],
    [{}, 'NOT_AN_AMOUNT'],
    ['12.345', 'TOO_MANY_DECIMALS'],
    ['90071992547409.92', 'NUMBER_TOO_LARGE'],
    ['9'.repeat(50), 'NUMBER_TOO_LARGE'],
    ['9'.repeat(5_000), 'NUMBER_TOO_LARGE'],
  ])('%j is refused as %s', (yuan, code) => expect(codeOf(fenFromYuan(yuan, false))).toBe(code))

  it('is exact for every amount of fen, however written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fen => {
        const digits = String(Math.abs(fen)).padStart(3, '0')
        const written = `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
        expect(fenFromYuan(written, false)).toBe(fen === 0 ? 0 : fen)
        expect(fenFromYuan(Number(written), false)).toBe(fen === 0 ? 0 : fen)
      }),
    )
  })
})

describe('a number', () => {
  it.each([
    ['2', 2],
    ['002', 2],
    ['1,234.5', 1_234.5],
    ['-3', -3],
    ['\uff12', 2],
    [7.5, 7.5],
    ['2.0', 2],
  ])('%j is %j', (text, number) => expect(numberFrom(text)).toBe(number))

  it.each([
    ['两', 'NOT_A_NUMBER'],
    ['2件', 'NOT_A_NUMBER'],
    ['', 'NOT_A_NUMBER'],
    [Number.POSITIVE_INFINITY, 'NOT_A_NUMBER'],
    ['9007199254740993', 'NUMBER_TOO_LARGE'],
    [2 ** 53, 'NUMBER_TOO_LARGE'],
    ['9007199254740993.5', 'NUMBER_TOO_LARGE'],
    [null, 'NOT_A_NUMBER'],
    [[], 'NOT_A_NUMBER'],
  ])('%j is refused as %s', (value, code) => expect(codeOf(numberFrom(value))).toBe(code))
})

describe('an instant', () => {
  const made = (...args: Parameters<typeof instantFrom>) => {
    const instant = instantFrom(...args)
    return instant instanceof Date ? instant.toISOString() : (codeOf(instant) ?? instant)
  }

  it.each([
    ['2026-10-01 10:03:40', '2026-10-01T02:03:40.000Z'],
    ['2026-10-01T10:03:40', '2026-10-01T02:03:40.000Z'],
    ['2026/10/1 9:03', '2026-10-01T01:03:00.000Z'],
    ['2026-10-01', '2026-09-30T16:00:00.000Z'],
    ['2026-10-01 10:03:40.5', '2026-10-01T02:03:40.500Z'],
    ['2026-10-01T10:03:40Z', '2026-10-01T10:03:40.000Z'],
    ['2026-10-01T10:03:40.123+02:00', '2026-10-01T08:03:40.123Z'],
    [' 2026-10-01 10:03:40 ', '2026-10-01T02:03:40.000Z'],
    ['2028-02-29 00:00:00', '2028-02-28T16:00:00.000Z'],
    ['0000-00-00 00:00:00', undefined],
    ['0', undefined],
    [0, undefined],
  ])('%j is %s', (text, expected) => expect(made(text)).toBe(expected))

  it.each([
    '2026-02-30 00:00:00',
    '2027-02-29 00:00:00',
    '2026-13-01 00:00:00',
    '2026-10-01 24:00:00',
    '2026-10-01 10:60:00',
    '2026-10-0110:03:40',
    '2026-10/01',
    '1759284220',
    'yesterday',
    '2026-10-01 10:03:40 and more',
    true,
    {},
    Number.NaN,
    new Date(Number.NaN),
  ])('%j is no time', value => expect(made(value)).toBe('NOT_A_DATE'))

  it.each(['1969-01-01 00:00:00', '2100-01-02 00:00:00', '9999-12-31 23:59:59'])('%s is out of range', text =>
    expect(made(text)).toBe('DATE_OUT_OF_RANGE'),
  )

  it('is read in the zone asked for', () => {
    expect(made('2010-12-01 08:26:00', 'datetime', zoneOffset('Europe/London')!)).toBe(
      '2010-12-01T08:26:00.000Z',
    )
    expect(made('2011-06-01 08:26:00', 'datetime', zoneOffset('Europe/London')!)).toBe(
      '2011-06-01T07:26:00.000Z',
    )
    expect(made('2026-10-01 08:00:00', 'datetime', zoneOffset('+09:00')!)).toBe('2026-09-30T23:00:00.000Z')
  })

  it.each([
    [1_790_820_220, 'epoch-seconds', '2026-10-01T02:03:40.000Z'],
    ['1790820220', 'epoch-seconds', '2026-10-01T02:03:40.000Z'],
    [1_790_820_220_000, 'epoch-ms', '2026-10-01T02:03:40.000Z'],
    [1_790_820_220_000, 'epoch-seconds', 'DATE_OUT_OF_RANGE'],
    [1_790_820_220, 'epoch-ms', 'DATE_OUT_OF_RANGE'],
    [0, 'epoch-seconds', undefined],
    ['0', 'epoch-ms', undefined],
    [1.5, 'epoch-seconds', 'NOT_A_DATE'],
    ['-1', 'epoch-seconds', 'NOT_A_DATE'],
    ['2026-10-01 10:03:40', 'epoch-seconds', 'NOT_A_DATE'],
    ['2026-10-01 10:03:40', 'iso', 'NOT_A_DATE'],
    ['2026-10-01T10:03:40+08:00', 'iso', '2026-10-01T02:03:40.000Z'],
  ] as const)('%j as %s is %s', (value, format, expected) => expect(made(value, format)).toBe(expected))

  it('reads back every second it is written as, in Shanghai', () => {
    const range = {
      min: new Date('1992-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    }
    fc.assert(
      fc.property(fc.date(range), date => {
        const second = new Date(Math.floor(date.getTime() / 1000) * 1000)
        const written = new Date(second.getTime() + 8 * 3_600_000)
          .toISOString()
          .slice(0, 19)
          .replace('T', ' ')
        expect(made(written)).toBe(second.toISOString())
      }),
    )
  })
})

describe('a phone', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['+8613800138000', '13800138000'],
    ['0086 138 0013 8000', '13800138000'],
    ['86-13800138000', '13800138000'],
    ['\uff11\uff13\uff18\uff10\uff10\uff11\uff13\uff18\uff10\uff10\uff10', '13800138000'],
    [13_800_138_000, '13800138000'],
    ['138****0000', '138****0000'],
    ['+86138****0000', '138****0000'],
    ['1*********0', '1*********0'],
    ['13800138000-1234', '13800138000-1234'],
    ['138-0013-8000', '13800138000'],
    ['13800138000转1234', '13800138000-1234'],
    ['0571-88888888', '057188888888'],
    ['0571-88888888-801', '057188888888-801'],
    ['+86-571-88888888', '057188888888'],
    ['010 12345678', '01012345678'],
    ['400-800-8820', '4008008820'],
    ['+1 (415) 555-0100', '+14155550100'],
  ])('%j is written %s', (written, expected) => expect(phoneFrom(written)).toBe(expected))

  it.each([
    '',
    '138',
    '1380013800',
    '23800138000',
    'call me',
    '##cipher##',
    '$AgAAAA==$',
    '*',
    '1*',
    '***name***',
    true,
    null,
    {},
    '1'.repeat(100),
  ])('%j is none', value => expect(codeOf(phoneFrom(value))).toBe('NOT_A_PHONE'))
})

describe('a yes or no', () => {
  it.each([
    ['是', true],
    [' YES ', true],
    [1, true],
    ['0', false],
    ['否', false],
    [false, false],
  ])('%j is %s', (word, expected) => expect(booleanFrom(word)).toBe(expected))

  it('takes own words before the usual ones', () => {
    expect(booleanFrom('0', new Set(['0']))).toBe(true)
    expect(booleanFrom('旗标3', undefined, new Set(['旗标3']))).toBe(false)
  })

  it.each(['maybe', 2, {}, [], null])('%j is neither', value =>
    expect(codeOf(booleanFrom(value))).toBe('NOT_A_BOOLEAN'),
  )
})
