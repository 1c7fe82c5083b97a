import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { indexKeys } from '../../../server/embedded/bson/index-keys.ts'
import { visitPath } from '../../../server/embedded/bson/path.ts'
import { refuseMalformed } from '../../../server/embedded/bson/validate.ts'
import { MongoError } from '../../../server/embedded/errors.ts'
import { anyValue } from './arbitraries.ts'

/** A document with `depth` levels. */
function nested(depth: number): Buffer {
  let document: object = {}
  for (let level = 1; level < depth; level++) document = { a: document }
  return encode(document)
}

describe('checking BSON from outside', () => {
  it('lets every well-formed document pass', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        refuseMalformed(encode({ a, b }))
      }),
    )
  })

  it('refuses bytes that end early, go on, or state a wrong length', () => {
    const raw = encode({ a: 'text', b: [1, { c: 2 }] })
    for (let length = 0; length < raw.length; length++)
      expect(() => refuseMalformed(raw.subarray(0, length)), `${length} bytes`).toThrow(MongoError)
    expect(() => refuseMalformed(Buffer.concat([raw, Buffer.of(0)]))).toThrow(MongoError)
    const negative = Buffer.from(raw)
    negative.writeInt32LE(-5, raw.indexOf('text') - 4)
    expect(() => refuseMalformed(negative)).toThrowError(expect.objectContaining({ code: 22 }))
  })

  it('refuses documents that nest deeper than MongoDB allows', () => {
    refuseMalformed(nested(180))
    expect(() => refuseMalformed(nested(181))).toThrowError(expect.objectContaining({ code: 15 }))
  })

  it('never runs on for ever over bytes changed at random, nor does a walk that was not warned', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(anyValue, changes, (value, list) => {
        const raw = encode({ a: value, b: 'x' })
        for (const [at, byte] of list) raw[4 + (at % (raw.length - 4))] = byte
        const walks = [
          () => refuseMalformed(raw),
          () => visitPath(raw, 0, { path: ['b', 'c'], entersLastArray: true, visit: () => false }),
          () => indexKeys(raw, [{ path: 'a.b', direction: 1 }]),
        ]
        for (const walk of walks)
          try {
            walk()
          } catch (error) {
            expect(error).toBeInstanceOf(MongoError)
          }
      }),
      { numRuns: 3000 },
    )
  })
})
