import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { anyNumber, anyValue } from './arbitraries.ts'

const decimal = (text: string) => Decimal128.fromString(text)

describe('the comparison order', () => {
  it('puts one value of each type class in the order of the manual', () => {
    const ascending = [
      new MinKey(),
      null,
      new Int32(5),
      'text',
      { a: 1 },
      [1],
      new Binary(Buffer.from('x')),
      new ObjectId(),
      false,
      true,
      new Date(0),
      new Timestamp({ t: 0, i: 0 }),
      new MaxKey(),
    ]
    for (let i = 1; i < ascending.length; i++)
      expect(compareValues(ascending[i - 1], ascending[i]), `position ${i}`).toBe(-1)
  })

  it.each([
    ['an int and a double of one value', new Int32(1), new Double(1), 0],
    ['a long just above what a double can hold', Long.fromString('9007199254740993'), new Double(2 ** 53), 1],
    ['a long just below it', Long.fromString('9007199254740991'), new Double(2 ** 53), -1],
    ['the largest long and two to the 63rd', Long.MAX_VALUE, new Double(2 ** 63), -1],
    ['decimal 0.1 and double 0.1, which is a little more', decimal('0.1'), new Double(0.1), -1],
    ['decimals of one value and different scale', decimal('1.50'), decimal('1.5'), 0],
    ['a decimal beyond all doubles and infinity', decimal('1E+400'), new Double(Infinity), -1],
    ['two decimals beyond all doubles', decimal('1E+400'), decimal('1E+401'), -1],
    ['two negative decimals beyond all doubles', decimal('-1E+400'), decimal('-1E+401'), 1],
    ['a decimal below all doubles and zero', decimal('1E-400'), new Int32(0), 1],
    ['minus zero and zero', new Double(-0), new Int32(0), 0],
    ['NaN and minus infinity', new Double(NaN), new Double(-Infinity), -1],
    ['NaN and NaN of another type', new Double(NaN), decimal('NaN'), 0],
    ['dates before the epoch', new Date(-2), new Date(-1), -1],
    ['timestamps by seconds first', new Timestamp({ t: 1, i: 9 }), new Timestamp({ t: 2, i: 0 }), -1],
    [
      'timestamps above the signed range',
      new Timestamp({ t: 2 ** 31, i: 0 }),
      new Timestamp({ t: 1, i: 0 }),
      1,
    ],
    ['a string and a longer one with it in front', 'a', 'a\0', -1],
    ['strings by their UTF-8 bytes', 'z', 'é', -1],
    ['documents by type of the first field before its name', { b: 1 }, { a: 'x' }, -1],
    ['documents by name before value', { a: 9 }, { b: 1 }, -1],
    ['a document and one with a field more', { a: 1 }, { a: 1, b: 1 }, -1],
    ['arrays element by element', [1, 2], [1, 3], -1],
    ['binary data by length first', new Binary(Buffer.from('z')), new Binary(Buffer.from('aa')), -1],
    [
      'binary data by subtype before content',
      new Binary(Buffer.from('z'), 0),
      new Binary(Buffer.from('a'), 5),
      -1,
    ],
  ])('compares %s', (_case, a, b, expected) => {
    expect(compareValues(a, b)).toBe(expected)
    expect(compareValues(b, a)).toBe(-expected + 0)
  })

  it('is antisymmetric and takes every value for equal to itself', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(compareValues(a, a)).toBe(0)
        expect(compareValues(a, b) + compareValues(b, a)).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })

  it('is transitive, also between numbers of different types', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 3, maxLength: 3 }), numbers => {
        const [a, b, c] = numbers.sort(compareValues)
        expect(compareValues(a, b)).toBeLessThanOrEqual(0)
        expect(compareValues(b, c)).toBeLessThanOrEqual(0)
        expect(compareValues(a, c)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 2000 },
    )
  })
})
