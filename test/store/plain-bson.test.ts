import { serialize } from 'bson'
import fc from 'fast-check'
import { Decimal128, Long, ObjectId } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { plainBson } from '../../server/store/plain-bson.ts'

const asThePackage = (documents: readonly object[]) =>
  Buffer.concat(documents.map(each => serialize(each, { ignoreUndefined: false })))

const name = fc.oneof(fc.string(), fc.constantFrom('_id', '订单', 'lines', '0', '__proto__', '$set'))
const leaf = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ minLength: 20, maxLength: 40 }),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 53, Number.NaN),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
)
const value = fc.letrec(tie => ({
  any: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('any')), fc.dictionary(name, tie('any'))),
})).any
const documents = fc.array(fc.dictionary(name, value), { maxLength: 4 })

describe('plain documents as BSON', () => {
  it('are byte for byte what the bson package makes of them', () => {
    fc.assert(
      fc.property(documents, each => {
        expect(Buffer.from(plainBson(each)).equals(asThePackage(each))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('may hold what only the package knows, deep inside, beside plain ones', () => {
    const mixed = [
      { a: 1 },
      {
        list: [
          { id: new ObjectId(), n: Long.fromString('9007199254740993'), d: Decimal128.fromString('1.10') },
        ],
      },
      { at: { toBSON: () => 'said by itself' }, pattern: /a/i, big: 5n },
      { b: 'plain again' },
    ]
    expect(Buffer.from(plainBson(mixed))).toEqual(asThePackage(mixed))
  })

  it('grow beyond any room kept for them', () => {
    const large = [{ text: '单'.repeat(3_000_000) }, { list: Array.from({ length: 3_000 }, (_, i) => i) }]
    expect(Buffer.from(plainBson(large)).equals(asThePackage(large))).toBe(true)
  })

  it('refuse a name that ends in the middle, and what refers to itself', () => {
    expect(() => plainBson([{ 'a\0b': 1 }])).toThrow(/null bytes/)
    const round: Record<string, unknown> = {}
    round.self = round
    expect(() => plainBson([round])).toThrow()
  })
})
