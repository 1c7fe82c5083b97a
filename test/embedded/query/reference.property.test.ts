import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compileFilter } from '../../../server/embedded/query/filter.ts'
import { referenceMatches } from '../support/reference-matcher.ts'
import { anyDocument, typedFilter } from './typed-arbitraries.ts'

/** Runs of each test; more when asked for. */
const RUNS = Number(process.env.RUNS ?? 2500)

it('a filter matches what the manual says it matches, whatever the types', () => {
  let matched = 0
  fc.assert(
    fc.property(fc.array(anyDocument, { minLength: 1, maxLength: 5 }), typedFilter, (documents, given) => {
      const command = decode(encode(given))
      const compiled = compileFilter(command)
      for (const one of documents) {
        const raw = encode(one)
        const expected = referenceMatches(command, decode(raw))
        if (expected) matched++
        expect(compiled.matches(raw)).toBe(expected)
      }
    }),
    { numRuns: RUNS },
  )
  expect(matched).toBeGreaterThan(RUNS / 5)
}, 600_000)
