import type { Document } from 'bson'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { anyDocument, typedFilter } from '../query/typed-arbitraries.ts'
import { directServer } from '../support/direct-server.ts'
import { referenceMatches } from '../support/reference-matcher.ts'

const RUNS = Number(process.env.RUNS ?? 60)
const { run } = directServer()

const INDEXES: Document[] = [
  { key: { a: 1 }, name: 'up' },
  { key: { a: -1, b: 1 }, name: 'down' },
  { key: { 'a.b': 1 }, name: 'deep' },
  { key: { b: -1 }, name: 'sparse', sparse: true },
  { key: { b: 1, d: 1 }, name: 'partial', partialFilterExpression: { a: { $exists: true } } },
]

function idsOf(reply: Document): number[] {
  return reply.cursor.firstBatch.map((one: Document) => one._id).sort((x: number, y: number) => x - y)
}

it('a query by any index finds what the manual says it finds, whatever the types', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDocument, { minLength: 1, maxLength: 8 }),
      fc.array(typedFilter, { minLength: 1, maxLength: 6 }),
      async (documents, filters) => {
        await run({ drop: 'c' })
        await run({ createIndexes: 'c', indexes: INDEXES })
        const stored: Document[] = []
        for (const [_id, one] of documents.entries()) {
          // Arrays in two fields of one index are refused; all that matters here is what is stored.
          const reply = await run({ insert: 'c', documents: [{ _id, ...one }] })
          if (reply.n === 1) stored.push(decode(encode({ _id, ...one })))
        }
        for (const filter of filters) {
          const exact = decode(encode(filter))
          const expected = stored.filter(one => referenceMatches(exact, one)).map(one => Number(one._id))
          for (const hint of [undefined, { $natural: 1 }, 'up', 'down', 'deep'])
            expect(idsOf(await run({ find: 'c', filter, ...(hint && { hint }) })), `by ${hint}`).toEqual(
              expected,
            )
          expect((await run({ count: 'c', query: filter })).n).toBe(expected.length)
        }
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)
