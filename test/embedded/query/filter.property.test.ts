import fc from 'fast-check'
import { Query } from 'mingo'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { indexKeys } from '../../../server/embedded/bson/index-keys.ts'
import { encodeValue } from '../../../server/embedded/bson/key.ts'
import { type Bound, type Bounds, boundsOf } from '../../../server/embedded/query/bounds.ts'
import { anyFilter, plainDocument, plainFilter } from './arbitraries.ts'
import { matches } from './matching.ts'

/** Whether one of a document's keys at a path lies within a bound, as an index scan would decide. */
function isWithin(raw: Uint8Array, path: string, bound: Bound): boolean {
  const { keys, multikey } = indexKeys(raw, [{ path, direction: 1 }])
  const parts = partsOf(bound)
  return multikey ? parts.every(part => keys.some(part)) : keys.some(key => parts.every(part => part(key)))
}

function partsOf({ equals, lower, upper }: Bound): ((key: Buffer) => boolean)[] {
  const parts: ((key: Buffer) => boolean)[] = []
  if (equals) parts.push(key => equals.some(value => key.equals(encodeValue(value, 1))))
  for (const [limit, sign] of [
    [lower, 1],
    [upper, -1],
  ] as const) {
    if (!limit) continue
    const end = encodeValue(limit.value, 1)
    parts.push(key => {
      const order = Buffer.compare(key, end) * sign
      return key[0] === end[0] && (order > 0 || (limit.inclusive && order === 0))
    })
  }
  return parts
}

function isCovered(raw: Uint8Array, { paths, branches }: Bounds): boolean {
  for (const [path, bound] of paths) if (!isWithin(raw, path, bound)) return false
  return !branches || branches.some(branch => isCovered(raw, branch))
}

describe('the matcher', () => {
  it('agrees with an independent one on plain documents', () => {
    let matched = 0
    fc.assert(
      fc.property(plainDocument, plainFilter, (document, filter) => {
        const expected = new Query(filter).test(document)
        expect(matches(filter, document)).toBe(expected)
        if (expected) matched++
      }),
      { numRuns: 5000 },
    )
    expect(matched).toBeGreaterThan(500)
  })
})

describe('the bounds of a filter', () => {
  it('hold for the index keys of every document that matches it', () => {
    let bounded = 0
    fc.assert(
      fc.property(plainDocument, anyFilter, (document, filter) => {
        const command = decode(encode(filter))
        if (!matches(filter, document)) return
        const bounds = boundsOf(command)
        if (bounds.paths.size > 0) bounded++
        expect(isCovered(encode(document), bounds)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
    expect(bounded).toBeGreaterThan(200)
  })
})
