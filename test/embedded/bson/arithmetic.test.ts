import { Decimal128, Double, Int32, Long } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, multiply } from '../../../server/embedded/bson/arithmetic.ts'
import { divideDecimalBy } from '../../../server/embedded/bson/decimal.ts'
import type { RawValue } from '../../../server/embedded/bson/raw.ts'
import { decodeValue, rawOf } from '../../../server/embedded/bson/raw-value.ts'

const decimal = (text: string) => Decimal128.fromString(text)
const decoded = (value: RawValue | undefined) => value && decodeValue(value)
const MAX_INT = new Int32(2 ** 31 - 1)

describe('adding numbers', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['ints', new Int32(2), new Int32(3), new Int32(5)],
    ['ints up to the largest', new Int32(2 ** 31 - 2), new Int32(1), MAX_INT],
    ['ints beyond the largest, as a long', MAX_INT, new Int32(1), Long.fromNumber(2 ** 31)],
    ['an int and a long', new Int32(2), Long.fromNumber(3), Long.fromNumber(5)],
    [
      'longs beyond what a double holds',
      Long.fromString('9007199254740993'),
      new Int32(1),
      Long.fromString('9007199254740994'),
    ],
    ['an int and a double', new Int32(2), new Double(0.5), new Double(2.5)],
    ['decimals exactly', decimal('0.1'), decimal('0.2'), decimal('0.3')],
    ['a decimal and an int', decimal('0.5'), new Int32(1), decimal('1.5')],
    [
      'a decimal and a double, which counts with 15 digits',
      decimal('1'),
      new Double(0.1),
      decimal('1.100000000000000'),
    ],
    ['a decimal and infinity', decimal('1'), new Double(Infinity), decimal('Infinity')],
    [
      'decimals too long together, rounding half to even',
      decimal('1E+33'),
      decimal('0.25'),
      decimal('1000000000000000000000000000000000'),
    ],
  ])('%s', (_case, a, b, sum) => {
    expect(decoded(add(rawOf(a), rawOf(b)))).toEqual(sum)
    expect(decoded(add(rawOf(b), rawOf(a)))).toEqual(sum)
  })

  it('gives nothing where a long overflows', () => {
    expect(add(rawOf(Long.MAX_VALUE), rawOf(new Int32(1)))).toBeUndefined()
    expect(add(rawOf(Long.MIN_VALUE), rawOf(new Int32(-1)))).toBeUndefined()
    expect(decoded(add(rawOf(Long.MAX_VALUE), rawOf(new Int32(0))))).toEqual(Long.MAX_VALUE)
  })

  it('agrees with integers of any size', () => {
    const long = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })
    fc.assert(
      fc.property(long, long, (a, b) => {
        expect(decoded(add(rawOf(Long.fromBigInt(a)), rawOf(Long.fromBigInt(b))))).toEqual(
          Long.fromBigInt(a + b),
        )
      }),
    )
  })
})

describe('multiplying numbers', () => {
  it.each<[string, unknown, unknown, unknown]>([
    ['ints', new Int32(6), new Int32(7), new Int32(42)],
    ['ints beyond the largest, as a long', MAX_INT, new Int32(2), Long.fromNumber(2 * (2 ** 31 - 1))],
    ['an int and a double', new Int32(3), new Double(0.5), new Double(1.5)],
    ['decimals exactly', decimal('0.1'), decimal('0.2'), decimal('0.02')],
    ['large ints exactly', MAX_INT, MAX_INT, Long.fromString('4611686014132420609')],
  ])('%s', (_case, a, b, product) => {
    expect(decoded(multiply(rawOf(a), rawOf(b)))).toEqual(product)
  })

  it('gives nothing where a long overflows', () => {
    expect(multiply(rawOf(Long.MAX_VALUE), rawOf(new Int32(2)))).toBeUndefined()
  })
})

describe('dividing a decimal', () => {
  it.each([
    ['1', 4, '0.25'],
    ['1', 3, '0.3333333333333333333333333333333333'],
    ['2', 3, '0.6666666666666666666666666666666667'],
    ['0', 3, '0'],
    ['NaN', 3, 'NaN'],
  ])('%s by %i is %s', (value, divisor, quotient) => {
    expect(Number(divideDecimalBy(decimal(value), divisor).toString())).toBe(Number(quotient))
    if (quotient.length > 5) expect(divideDecimalBy(decimal(value), divisor).toString()).toBe(quotient)
  })
})
