import { Decimal128, Double, Int32, Long, ObjectId } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import {
  encodeRaw,
  encodeValue,
  idKey,
  MAX_KEY_BYTES,
  shortenKey,
} from '../../../server/embedded/bson/key.ts'
import { rawOf } from '../../../server/embedded/bson/raw-value.ts'
import { classOf } from '../../../server/embedded/bson/types.ts'
import { anyNumber, anyValue } from './arbitraries.ts'

describe('keys', () => {
  it('order as their values do', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(Buffer.compare(encodeValue(a, 1), encodeValue(b, 1))).toBe(compareValues(a, b))
      }),
      { numRuns: 3000 },
    )
  })

  it('order numbers of all types exactly', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        expect(Buffer.compare(encodeValue(a, 1), encodeValue(b, 1))).toBe(compareValues(a, b))
      }),
      { numRuns: 5000 },
    )
  })

  it('order the other way round when descending', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(Buffer.compare(encodeValue(a, -1), encodeValue(b, -1))).toBe(compareValues(b, a))
      }),
      { numRuns: 2000 },
    )
  })

  it('joined to one key order like the list of values, each in its direction', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, anyValue, (a1, a2, b1, b2) => {
        const left = Buffer.concat([encodeValue(a1, -1), encodeValue(a2, 1)])
        const right = Buffer.concat([encodeValue(b1, -1), encodeValue(b2, 1)])
        expect(Buffer.compare(left, right)).toBe(compareValues(b1, a1) || compareValues(a2, b2))
      }),
      { numRuns: 2000 },
    )
  })

  it('begin with a byte that tells the class of their type, between 1 and 254', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const [ascending, descending] = [encodeValue(value, 1)[0]!, encodeValue(value, -1)[0]!]
        expect(ascending).toBe(classOf(rawOf(value).type))
        expect(Math.min(ascending, descending)).toBeGreaterThanOrEqual(1)
        expect(Math.max(ascending, descending)).toBeLessThanOrEqual(254)
      }),
    )
  })

  it('are the same for a decoded and a raw value', () => {
    fc.assert(
      fc.property(anyValue, value => {
        expect(encodeRaw(rawOf(value))).toEqual(encodeValue(value, 1))
      }),
    )
  })

  it('are the same for equal numbers of different types', () => {
    const keys = [new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0'), 5].map(idKey)
    expect(new Set(keys.map(key => key.toString('hex'))).size).toBe(1)
  })

  it('take few bytes for what ids are made of', () => {
    expect(idKey('order-1').length).toBe(10)
    expect(idKey(new ObjectId()).length).toBe(13)
    expect(idKey(new Int32(1)).length).toBe(10)
  })

  it('stay as they are up to the limit, and are cut and hashed above it', () => {
    const atLimit = Buffer.alloc(MAX_KEY_BYTES, 1)
    expect(shortenKey(atLimit)).toBe(atLimit)
    const [one, other] = ['x', 'y'].map(end => shortenKey(encodeValue('a'.repeat(3000) + end, 1)))
    expect(one!.length).toBe(MAX_KEY_BYTES)
    expect(one).not.toEqual(other)
    expect(one!.subarray(0, 100)).toEqual(other!.subarray(0, 100))
  })
})
