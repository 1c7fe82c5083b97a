import type { Document } from 'bson'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { compareValues } from '../../../server/embedded/bson/compare.ts'
import { removeExpired } from '../../../server/embedded/store/ttl.ts'
import { compileUpdate } from '../../../server/embedded/update/update.ts'
import { directServer } from '../support/direct-server.ts'
import { referenceMatches } from '../support/reference-matcher.ts'
import { type Action, action, filter, INDEXES, WHOLE } from './model-arbitraries.ts'

const RUNS = Number(process.env.RUNS ?? 60)
const { run, store } = directServer()

/** The collection as it should be, by `_id`. */
type Model = Map<number, Document>

it('answers any commands as a model of the collection does, whichever index serves', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 12 }),
      fc.array(filter, { minLength: 3, maxLength: 3 }),
      async (actions, questions) => {
        await run({ drop: 'c' })
        await run({ createIndexes: 'c', indexes: INDEXES })
        const model: Model = new Map()
        for (const one of actions) await perform(model, one)
        await compareAll(model, questions)
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)

async function perform(model: Model, action: Action): Promise<void> {
  switch (action.kind) {
    case 'insert': {
      const { documents, ordered } = action
      const failed = failures(documents, ordered, one => put(model, exact(one), !model.has(one._id)))
      const reply = await run({ insert: 'c', documents, ordered })
      expect(reply.writeErrors?.map(placeAndCode) ?? []).toEqual(failed.errors)
      expect(reply.n).toBe(failed.done)
      return
    }
    case 'update': {
      const updates = action.statements.map(({ _id, filter: more, change: u, upsert }) => ({
        q: { ...more, _id },
        u,
        upsert,
      }))
      const failed = failures(updates, action.ordered, ({ q, u, upsert }) => update(model, q, u, upsert).code)
      const reply = await run({ update: 'c', updates, ordered: action.ordered })
      expect(reply.writeErrors?.map(placeAndCode) ?? []).toEqual(failed.errors)
      return
    }
    case 'updateMany': {
      const found = matching(model, action.filter)
      const compiled = compileUpdate(decode(encode(action.change)))
      let modified = 0
      for (const one of found) {
        const raw = encode(one)
        const after = compiled.apply(raw, { now: new Date() })
        if (after !== raw) modified++
        model.set(Number(one._id), decode(after))
      }
      const reply = await run({ update: 'c', updates: [{ q: action.filter, u: action.change, multi: true }] })
      expect([reply.n, reply.nModified]).toEqual([found.length, modified])
      return
    }
    case 'delete': {
      const q = { ...action.filter, _id: action._id }
      const found = matching(model, q)
      for (const one of found) model.delete(Number(one._id))
      expect((await run({ delete: 'c', deletes: [{ q, limit: 1 }] })).n).toBe(found.length)
      return
    }
    case 'deleteMany': {
      const found = matching(model, action.filter)
      for (const one of found) model.delete(Number(one._id))
      expect((await run({ delete: 'c', deletes: [{ q: action.filter, limit: 0 }] })).n).toBe(found.length)
      return
    }
    case 'modify':
      return modify(model, action)
    case 'expire': {
      const now = new Date((action.minutes + 1) * 60_000)
      for (const [_id, { at }] of model) if (isPast(at, action.minutes)) model.delete(_id)
      await removeExpired(store, now)
    }
  }
}

async function modify(model: Model, action: Extract<Action, { kind: 'modify' }>): Promise<void> {
  const sort = { _id: action.descending ? -1 : 1 }
  const [before] = matching(model, action.filter).sort((a, b) => compareValues(a._id, b._id) * sort._id)
  const base = { findAndModify: 'c', query: action.filter, sort }
  if (!action.change) {
    if (before) model.delete(Number(before._id))
    const reply = await run({ ...base, remove: true })
    expect(reply.value).toEqual(plain(before) ?? null)
    return
  }
  const outcome = before ? update(model, { _id: before._id }, action.change, false) : {}
  const reply = await run({ ...base, update: action.change, new: action.wantsNew })
  expect(reply.code).toBe(outcome.code)
  const shown = action.wantsNew && before ? model.get(Number(before._id)) : before
  if (!outcome.code) expect(reply.value).toEqual(plain(shown) ?? null)
}

/** Which of several statements fail, and how many are done. */
function failures<S>(statements: S[], ordered: boolean, attempt: (statement: S) => number | undefined) {
  const errors: [number, number][] = []
  let done = 0
  for (const [index, statement] of statements.entries()) {
    const code = attempt(statement)
    if (code) errors.push([index, code])
    else done++
    if (code && ordered) break
  }
  return { errors, done }
}

function placeAndCode({ index, code }: Document): [number, number] {
  return [index, code]
}

/** Changes the model as an update of one document would; answers the code of its error where it must fail. */
function update(model: Model, query: Document, changes: Document, upserts: boolean): { code?: number } {
  const [found] = matching(model, query)
  try {
    const compiled = compileUpdate(exact({ changes }).changes)
    if (found) return { code: put(model, decode(compiled.apply(encode(found), { now: new Date() })), true) }
    if (!upserts) return {}
    const fresh = compiled.apply(compiled.upsertBase(exact(query)), { isInsert: true, now: new Date() })
    return { code: put(model, decode(fresh), !model.has(Number(decode(fresh)._id))) }
  } catch (error) {
    return { code: (error as { code: number }).code }
  }
}

/** Stores a document in the model, unless one of the indexes must refuse it. */
function put(model: Model, one: Document, isFree: boolean): number | undefined {
  const others = [...model.values()].filter(other => Number(other._id) !== Number(one._id))
  if (!isFree || others.some(other => shareUnique(other, one))) return 11000
  model.set(Number(one._id), one)
  return undefined
}

function shareUnique(a: Document, b: Document): boolean {
  const isIn = (one: Document) => Object.hasOwn(one, 'w')
  const meets = (x: unknown, y: unknown) =>
    keysOf(x).some(key => keysOf(y).some(other => compareValues(key, other) === 0))
  return (
    (Object.hasOwn(a, 'u') && Object.hasOwn(b, 'u') && meets(a.u, b.u)) ||
    (isIn(a) && isIn(b) && meets(a.v ?? null, b.v ?? null))
  )
}

const EMPTY = ['the key of an empty array']

function keysOf(one: unknown): unknown[] {
  if (!Array.isArray(one)) return [one]
  return one.length === 0 ? [EMPTY] : one
}

function isPast(at: unknown, minutes: number): boolean {
  return [at].flat().some(time => time instanceof Date && time.getTime() <= minutes * 60_000)
}

function exact(one: Document): Document {
  return decode(encode(one))
}

function plain(one: Document | undefined): Document | undefined {
  return one && JSON.parse(JSON.stringify(one), (_name, item) => revived(item))
}

function revived(item: unknown): unknown {
  return typeof item === 'string' && /^\d{4}-.*Z$/.test(item) ? new Date(item) : item
}

function matching(model: Model, given: Document): Document[] {
  const exactFilter = exact(given)
  return [...model.values()].filter(one => referenceMatches(exactFilter, one))
}

/** Asks every question by every way there is. */
async function compareAll(model: Model, questions: Document[]): Promise<void> {
  const all = [...model.values()].sort((a, b) => compareValues(a._id, b._id))
  const stored = await run({ find: 'c', sort: { _id: 1 } })
  expect(stored.cursor.firstBatch).toEqual(all.map(plain))
  for (const question of questions) {
    const expected = matching(model, question)
      .map(one => Number(one._id))
      .sort((a, b) => a - b)
    for (const hint of [undefined, { $natural: 1 }, { $natural: -1 }, ...WHOLE]) {
      const ids = await readIds({ find: 'c', filter: question, ...(hint && { hint }) })
      expect(ids.sort(ascending), `${JSON.stringify(question)} by ${JSON.stringify(hint)}`).toEqual(expected)
    }
    expect((await run({ count: 'c', query: question })).n).toBe(expected.length)
    for (const sort of [{ b: 1 }, { b: -1 }, { a: -1 }, { 'c.d': 1 }])
      expect((await readIds({ find: 'c', filter: question, sort })).sort(ascending)).toEqual(expected)
  }
}

/** The ids a query gives, read two documents at a time. */
async function readIds(query: Document): Promise<number[]> {
  let { cursor } = await run({ ...query, batchSize: 2 })
  const ids = cursor.firstBatch.map((one: Document) => one._id)
  while (Number(cursor.id) !== 0) {
    cursor = (await run({ getMore: cursor.id, collection: 'c', batchSize: 2 })).cursor
    ids.push(...cursor.nextBatch.map((one: Document) => one._id))
  }
  return ids
}

function ascending(a: number, b: number): number {
  return a - b
}
