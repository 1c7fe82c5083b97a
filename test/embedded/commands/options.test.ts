import { type Document, Long } from 'bson'
import { beforeAll, describe, expect, it } from 'vitest'
import { directServer } from '../support/direct-server.ts'
import { DOCUMENTED, type Fate, PARTS } from './documented-options.ts'

const { run } = directServer()

beforeAll(async () => {
  await run({ insert: 'things', documents: [{ a: 1 }, { a: 2 }] })
})

async function prepare(): Promise<void> {
  for (const drop of ['fresh', 'renamed', 'renamed2', 'parts']) await run({ drop })
  await run({ create: 'renamed' })
}

async function expectFate(reply: Document, option: string, fate: Fate): Promise<void> {
  if (fate === 'is refused')
    expect(reply).toMatchObject({ ok: 0, code: 238, errmsg: expect.stringContaining(`'${option}'`) })
  else expect(reply).not.toHaveProperty('errmsg')
}

for (const { command, database, options } of DOCUMENTED) {
  const [name] = Object.keys(command)
  describe(name!, () => {
    it.each(Object.entries(options).map(([option, [fate, value]]) => ({ option, fate, value })))(
      '$option $fate',
      async ({ option, fate, value }) => {
        await prepare()
        await expectFate(await run({ ...command, [option]: value }, database), option, fate)
      },
    )

    it('names an option it does not know', async () => {
      expect(await run({ ...command, surprise: 1 }, database)).toMatchObject({
        ok: 0,
        code: 40415,
        errmsg: `BSON field '${name}.surprise' is an unknown field.`,
      })
    })
  })
}

for (const { within, options } of PARTS)
  describe(`a part of ${Object.keys(within({}))[0]}`, () => {
    it.each(Object.entries(options).map(([option, [fate, value]]) => ({ option, fate, value })))(
      '$option $fate',
      async ({ option, fate, value }) => {
        await prepare()
        await expectFate(await run(within({ [option]: value })), option, fate)
      },
    )

    it('names an option it does not know', async () => {
      const reply = await run(within({ surprise: 1 }))
      expect(reply).toMatchObject({ ok: 0, errmsg: expect.stringContaining('surprise') })
      expect([40415, 197]).toContain(reply.code)
    })
  })

describe('an option of a wrong type', () => {
  it.each<[Document, number]>([
    [{ find: 'things', filter: 'x' }, 14],
    [{ find: 'things', filter: [{ a: 1 }] }, 14],
    [{ find: 'things', sort: 5 }, 14],
    [{ find: 'things', projection: 'a' }, 14],
    [{ find: 'things', limit: 'x' }, 14],
    [{ find: 'things', limit: 1.5 }, 14],
    [{ find: 'things', limit: -1 }, 51024],
    [{ find: 'things', skip: -1 }, 51024],
    [{ find: 'things', batchSize: -1 }, 51024],
    [{ find: 'things', hint: 5 }, 9],
    [{ find: 'things', let: 5 }, 14],
    [{ find: 5 }, 73],
    [{ count: 'things', query: 'x' }, 14],
    [{ distinct: 'things' }, 40414],
    [{ distinct: 'things', key: 5 }, 14],
    [{ aggregate: 'things', pipeline: {}, cursor: {} }, 14],
    [{ aggregate: 'things', pipeline: [5], cursor: {} }, 14],
    [{ aggregate: 'things', pipeline: [] }, 9],
    [{ aggregate: 'things', pipeline: [], cursor: { size: 5 } }, 40415],
    [{ aggregate: 'things', pipeline: [], cursor: { batchSize: 'x' } }, 14],
    [{ insert: 'things' }, 40414],
    [{ insert: 'things', documents: {} }, 14],
    [{ insert: 'things', documents: [5] }, 14],
    [{ insert: 'things', documents: [] }, 16],
    [{ insert: 'things', documents: [{}], ordered: 'x' }, 14],
    [{ update: 'things', updates: [{ u: { a: 1 } }] }, 40414],
    [{ update: 'things', updates: [{ q: {} }] }, 40414],
    [{ update: 'things', updates: [{ q: 5, u: {} }] }, 14],
    [{ update: 'things', updates: [{ q: {}, u: 5 }] }, 14],
    [{ update: 'things', updates: [{ q: {}, u: {}, arrayFilters: {} }] }, 14],
    [{ update: 'things', updates: [{ q: {}, u: {}, multi: 'x' }] }, 14],
    [{ delete: 'things', deletes: [{ limit: 0 }] }, 40414],
    [{ delete: 'things', deletes: [{ q: {} }] }, 40414],
    [{ delete: 'things', deletes: [{ q: null, limit: 0 }] }, 40414],
    [{ delete: 'things', deletes: [{ q: {}, limit: 2 }] }, 9],
    [{ delete: 'things', deletes: [{ q: 'x', limit: 1 }] }, 14],
    [{ findAndModify: 'things' }, 9],
    [{ findAndModify: 'things', remove: true, update: {} }, 9],
    [{ findAndModify: 'things', remove: true, upsert: true }, 9],
    [{ findAndModify: 'things', remove: true, new: true }, 9],
    [{ findAndModify: 'things', update: 'x' }, 14],
    [{ findAndModify: 'things', update: {}, query: 5 }, 14],
    [{ createIndexes: 'things', indexes: {} }, 14],
    [{ createIndexes: 'things', indexes: [] }, 2],
    [{ createIndexes: 'things' }, 40414],
    [{ createIndexes: 'things', indexes: [{ name: 'x' }] }, 9],
    [{ createIndexes: 'things', indexes: [{ key: {}, name: 'x' }] }, 67],
    [{ createIndexes: 'things', indexes: [{ key: { a: 1 } }] }, 9],
    [{ createIndexes: 'things', indexes: [{ key: { a: 0 }, name: 'x' }] }, 67],
    [{ createIndexes: 'things', indexes: [{ key: { a: 'text' }, name: 'x' }] }, 67],
    [{ createIndexes: 'things', indexes: [{ key: { a: 1 }, name: '*' }] }, 2],
    [{ createIndexes: 'things', indexes: [{ key: { a: 1 }, name: '_id_' }] }, 2],
    [{ createIndexes: 'things', indexes: [{ key: { _id: 1 }, name: '_id_', sparse: true }] }, 197],
    [{ dropIndexes: 'things' }, 40414],
    [{ dropIndexes: 'things', index: '_id_' }, 72],
    [{ dropIndexes: 'things', index: 'nope' }, 27],
    [{ dropIndexes: 'nowhere', index: '*' }, 26],
    [{ listIndexes: 'nowhere' }, 26],
    [{ collMod: 'nowhere' }, 26],
    [{ explain: 5 }, 14],
    [{ explain: { surprise: 1 } }, 59],
    [{ explain: { find: 'things', surprise: 1 } }, 40415],
    [{ explain: { find: 'things', collation: { locale: 'zh' } } }, 238],
    [{ explain: { find: 'things' }, verbosity: 'loud' }, 2],
    [{ getMore: 'x', collection: 'things' }, 14],
    [{ getMore: Long.fromNumber(5) }, 40414],
    [{ getMore: Long.fromNumber(5), collection: 'things' }, 43],
    [{ getMore: Long.fromNumber(5), collection: 'things', maxTimeMS: 5 }, 2],
    [{ killCursors: 'things' }, 40414],
    [{ killCursors: 'things', cursors: [] }, 14],
    [{ listDatabases: 1 }, 13],
    [{ renameCollection: 'orderloom.things', to: 'orderloom.x' }, 13],
    [{ ping: 1, maxTimeMS: 'x' }, 14],
    [{ ping: 1, apiVersion: '2' }, 322],
    [{ ping: 1, apiStrict: true }, 72],
    [{ distinct: 'things', key: 'a', apiVersion: '1', apiStrict: true }, 323],
  ])('%j is answered with code %i', async (command, code) => {
    const reply = await run(command)
    expect(reply.writeErrors?.[0].code ?? reply.code).toBe(code)
  })
})

describe('a concern', () => {
  it.each<[string, Document, number | undefined]>([
    ['w: 0', { writeConcern: { w: 0 } }, undefined],
    ['w: majority', { writeConcern: { w: 'majority', wtimeout: 5 } }, undefined],
    ['w: 2', { writeConcern: { w: 2 } }, 2],
    ['w: 51', { writeConcern: { w: 51 } }, 9],
    ['w: -1', { writeConcern: { w: -1 } }, 9],
    ['w: true', { writeConcern: { w: true } }, 9],
    ['a custom w', { writeConcern: { w: 'everywhere' } }, 2],
    ['tags as w', { writeConcern: { w: { dc: 2 } } }, 2],
    ['a field of no meaning', { writeConcern: { surprise: 1 } }, 9],
    ['no document', { writeConcern: 5 }, 14],
    ['level local', { readConcern: { level: 'local' } }, undefined],
    ['level available', { readConcern: { level: 'available' } }, undefined],
    ['level majority', { readConcern: { level: 'majority' } }, undefined],
    ['level linearizable', { readConcern: { level: 'linearizable' } }, 123],
    ['level snapshot', { readConcern: { level: 'snapshot' } }, 123],
    ['an unknown level', { readConcern: { level: 'loud' } }, 2],
    ['an unknown field of reading', { readConcern: { surprise: 1 } }, 40415],
  ])('of %s', async (_name, concern, code) => {
    expect((await run({ find: 'things', ...concern })).code).toBe(code)
  })

  it.each<[string, Document]>([
    ['a retried write', { insert: 'things', documents: [{}], txnNumber: Long.fromNumber(1) }],
    [
      'a transaction',
      { find: 'things', txnNumber: Long.fromNumber(1), startTransaction: true, autocommit: false },
    ],
    ['the end of one', { commitTransaction: 1, txnNumber: Long.fromNumber(1), autocommit: false }],
    ['giving one up', { abortTransaction: 1, txnNumber: Long.fromNumber(1), autocommit: false }],
  ])('%s is refused as by a standalone server', async (_name, command) => {
    expect(await run(command)).toMatchObject({
      code: 20,
      codeName: 'IllegalOperation',
      errmsg: 'Transaction numbers are only allowed on a replica set member or mongos',
    })
  })
})
