import type { Document } from 'bson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { compiled, NOW, stored, updated } from './updating.ts'

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('x', 'y'), fc.constant(null))
const numbers = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 })

/** Every path has one kind of value, so that all operators below may be applied. */
const document = fc.record(
  {
    plain: value,
    count: fc.integer({ min: -9, max: 9 }),
    list: numbers,
    inner: fc.record(
      { plain: value, count: fc.double({ noNaN: true }), list: numbers },
      { requiredKeys: [], noNullPrototype: true },
    ),
    untouched: fc.dictionary(fc.constantFrom('a', '1', 'é'), value, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
)

type Step = readonly [operator: string, path: string, operand: unknown]

const number = fc.integer({ min: -3, max: 3 })
const steps: fc.Arbitrary<Step>[] = ['', 'inner.'].flatMap(prefix => [
  value.map(operand => ['$set', `${prefix}plain`, operand] as const),
  fc.constant(['$unset', `${prefix}plain`, ''] as const),
  value.map(operand => ['$max', `${prefix}plain`, operand] as const),
  number.map(operand => ['$inc', `${prefix}count`, operand] as const),
  number.map(operand => ['$mul', `${prefix}count`, operand] as const),
  number.map(operand => ['$min', `${prefix}count`, operand] as const),
  number.map(operand => ['$push', `${prefix}list`, operand] as const),
  number.map(operand => ['$addToSet', `${prefix}list`, operand] as const),
  number.map(operand => ['$pull', `${prefix}list`, operand] as const),
  fc.constantFrom(1, -1).map(operand => ['$pop', `${prefix}list`, operand] as const),
])
const someSteps = fc.uniqueArray(fc.oneof(...steps), { maxLength: 5, selector: ([, path]) => path })

/** The straightforward meaning of each operator on plain values; undefined stands for a missing field. */
const MODEL: Record<string, (current: unknown, operand: unknown) => unknown> = {
  $set: (_current, operand) => operand,
  $unset: () => undefined,
  $max: (current, operand) =>
    current === undefined || compareValues(operand, current) > 0 ? operand : current,
  $min: (current, operand) =>
    current === undefined || compareValues(operand, current) < 0 ? operand : current,
  $inc: (current, operand) => Number(current ?? 0) + Number(operand),
  $mul: (current, operand) => Number(current ?? 0) * Number(operand) + 0,
  $push: (current, operand) => [...((current as unknown[]) ?? []), operand],
  $addToSet: (current = [], operand) =>
    (current as unknown[]).includes(operand) ? current : [...(current as unknown[]), operand],
  $pull: (current, operand) => (current as unknown[] | undefined)?.filter(item => item !== operand),
  $pop: (current, operand) =>
    operand === 1
      ? (current as unknown[] | undefined)?.slice(0, -1)
      : (current as unknown[] | undefined)?.slice(1),
}

function model(before: Document, list: readonly Step[]): Document {
  const after: Document = structuredClone(before)
  for (const [operator, path, operand] of list) {
    const isInner = path.startsWith('inner.')
    const name = path.replace('inner.', '')
    const parent: Document | undefined = isInner ? after.inner : after
    const result = MODEL[operator]!(parent?.[name], operand)
    if (result === undefined) delete parent?.[name]
    else if (parent) parent[name] = result
    else after.inner = { [name]: result }
  }
  return after
}

function commandOf(list: readonly Step[]): Document {
  const update: Document = { $set: {} }
  for (const [operator, path, operand] of list) update[operator] = { ...update[operator], [path]: operand }
  return update
}

/** Numbers by value, so that the model need not know their types. */
function loose(result: Document): unknown {
  return JSON.parse(JSON.stringify(result, (_key, item) => (Object.is(item, -0) ? 0 : item)))
}

describe('an update', () => {
  it('does what the plain meaning of its operators says', () => {
    let changed = 0
    fc.assert(
      fc.property(document, someSteps, (before, list) => {
        const after = updated(commandOf(list), before)
        const expected = model(before, list)
        expect(loose(after)).toEqual(loose(expected))
        expect(stored(after).untouched).toEqual(stored(before).untouched)
        if (JSON.stringify(expected) !== JSON.stringify(before)) changed++
      }),
      { numRuns: 5000 },
    )
    expect(changed).toBeGreaterThan(1000)
  })

  it('gives back the same bytes exactly where nothing changes', () => {
    fc.assert(
      fc.property(document, someSteps, (before, list) => {
        const raw = encode(before)
        const after = compiled(commandOf(list)).apply(raw, { now: NOW })
        expect(after === raw).toBe(Buffer.compare(after, raw) === 0)
      }),
      { numRuns: 3000 },
    )
  })

  it('done twice does the same as one that was compiled anew', () => {
    fc.assert(
      fc.property(document, document, someSteps, (first, second, list) => {
        const update = compiled(commandOf(list))
        update.apply(encode(first), { now: NOW })
        expect(update.apply(encode(second), { now: NOW })).toEqual(
          compiled(commandOf(list)).apply(encode(second), { now: NOW }),
        )
      }),
      { numRuns: 500 },
    )
  })
})
