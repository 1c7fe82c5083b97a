import { type Document, MinKey } from 'bson'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { sortDocuments } from '../../../server/embedded/query/sort.ts'
import { anyScalar } from '../bson/arbitraries.ts'

const RUNS = Number(process.env.RUNS ?? 1000)

const few = fc.constantFrom<unknown>(0, 1, 2, 'a', null, new Date(-1), new Date(1), 1.5)
const scalar = fc.oneof({ weight: 3, arbitrary: few }, anyScalar)
const leaf = fc.oneof({ weight: 3, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }))
const field = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.record({ b: leaf }, { requiredKeys: [], noNullPrototype: true }),
  fc.array(fc.record({ b: scalar }, { requiredKeys: [], noNullPrototype: true }), { maxLength: 3 }),
)
/** Arrays in one of the fields only: by two of them nothing can be sorted. */
const document = fc.record({ a: field, s: scalar, n: fc.nat(5) }, { requiredKeys: [], noNullPrototype: true })
const order = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'a.b', 's', 'n'), fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 3,
    selector: ([path]) => path,
  })
  .filter(fields => !(fields.some(([path]) => path === 'a') && fields.some(([path]) => path === 'a.b')))

/** Stands below null and above MinKey, as an empty array does. */
const NOTHING = Symbol('empty array')

/** The value of a field that decides: of an array the least element, or the greatest where the order descends. */
function decisive(document: Document, path: string, direction: number): unknown {
  const values = valuesAt(document, path.split('.'))
  return values.sort(compare).at(direction === 1 ? 0 : -1)
}

function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (name === undefined) {
    if (!Array.isArray(value)) return [value ?? null]
    return value.length === 0 ? [NOTHING] : value
  }
  if (Array.isArray(value))
    return value.length === 0 ? [null] : value.flatMap(element => valuesAt(elementField(element, name), rest))
  return valuesAt(elementField(value, name), rest)
}

function elementField(value: unknown, name: string): unknown {
  const isDocument = Object.getPrototypeOf(Object(value)) === Object.prototype
  return isDocument && Object.hasOwn(Object(value), name) ? Object(value)[name] : null
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === NOTHING) return b instanceof MinKey ? 1 : -1
  if (b === NOTHING) return -compare(b, a)
  return compareValues(a, b)
}

it('documents come in the order the manual says, with arrays and values of all types among them', () => {
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 12 }),
      order,
      fc.integer({ min: 1, max: 12 }),
      (list, by, limit) => {
        const documents = list.map((one, _id) => decode(encode({ _id, ...one })))
        const expected = documents
          .toSorted((a, b) => {
            for (const [path, direction] of by) {
              const result = compare(decisive(a, path, direction), decisive(b, path, direction)) * direction
              if (result !== 0) return result
            }
            return 0
          })
          .map(one => Number(one._id))
        const sort = Object.fromEntries(by)
        const raws = documents.map(encode)
        const ids = (sorted: Uint8Array[]) => sorted.map(raw => Number(decode(raw)._id))
        expect(ids(sortDocuments(raws, sort))).toEqual(expected)
        expect(ids(sortDocuments(raws, sort, limit))).toEqual(expected.slice(0, limit))
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)
