import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { directServer } from '../support/direct-server.ts'

const { run } = directServer()

describe('explain', () => {
  async function fresh(...documents: Document[]): Promise<void> {
    await run({ drop: 'c' })
    await run({ createIndexes: 'c', indexes: [{ key: { u: 1 }, name: 'u_1', unique: true, sparse: true }] })
    await run({ insert: 'c', documents })
  }

  async function explained(command: Document): Promise<Document> {
    return run({ explain: command, verbosity: 'executionStats' })
  }

  it('says which index serves, and how much was looked at', async () => {
    await fresh(...Array.from({ length: 20 }, (_, _id) => ({ _id, u: _id, v: _id })))
    const indexed = await explained({ find: 'c', filter: { u: { $gte: 15 } }, sort: { u: -1 } })
    expect(indexed.queryPlanner.winningPlan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'u_1', keyPattern: { u: 1 }, direction: 'backward' },
    })
    expect(indexed.executionStats).toMatchObject({ nReturned: 5, totalKeysExamined: 5, totalDocsExamined: 5 })
    const scanned = await explained({ find: 'c', filter: { v: { $gte: 15 } }, sort: { v: 1 } })
    expect(scanned.queryPlanner.winningPlan).toMatchObject({
      stage: 'SORT',
      inputStage: { stage: 'COLLSCAN', direction: 'forward' },
    })
    expect(scanned.executionStats).toMatchObject({
      nReturned: 5,
      totalKeysExamined: 0,
      totalDocsExamined: 20,
    })
    const byId = await explained({ find: 'c', filter: { _id: 5 } })
    expect(byId.queryPlanner.winningPlan).toEqual({ stage: 'IDHACK' })
  })

  it.each<[string, Document]>([
    ['update', { update: 'c', updates: [{ q: { u: 1 }, u: { $set: { a: 1 } } }] }],
    ['delete', { delete: 'c', deletes: [{ q: { u: 1 }, limit: 1 }] }],
    ['findAndModify', { findAndModify: 'c', query: { u: 1 }, remove: true }],
    ['count', { count: 'c', query: { u: 1 } }],
    ['distinct', { distinct: 'c', key: 'u', query: { u: 1 } }],
    ['aggregate', { aggregate: 'c', pipeline: [{ $match: { u: 1 } }], cursor: {} }],
  ])('of %s tells the same, and carries nothing out', async (_name, command) => {
    await fresh({ _id: 1, u: 1 })
    expect((await explained(command)).queryPlanner.winningPlan.inputStage).toMatchObject({ indexName: 'u_1' })
    expect((await run({ find: 'c' })).cursor.firstBatch).toEqual([{ _id: 1, u: 1 }])
  })
})
