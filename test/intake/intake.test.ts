import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Intake, openIntake } from '../../server/intake/intake.ts'
import { parseJson, parseNdjson } from '../../server/intake/json.ts'
import { mongoBuffer } from '../../server/intake/mongo-buffer.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { aPlainOrder, documentOf, plainConnection } from '../support/warehouse-shop.ts'

let store: Store
let intake: Intake
const connection = plainConnection()
beforeEach(async () => {
  store = await freshStore()
  intake = await openIntake(store, mongoBuffer(store), { maxBacklog: 50, wake: () => {} })
})
afterEach(async () => {
  await intake.close()
  await store.close()
})

const orders = (count: number) =>
  Array.from({ length: count }, (_, i) => documentOf(aPlainOrder({ id: `A${i}` })))

describe('intake', () => {
  it('answers for what is stored: refused ones are named and quarantined, their neighbours accepted', async () => {
    const receipt = await intake.accept(connection, [
      orders(1)[0],
      'text',
      null,
      [],
      {},
      { id: '' },
      documentOf(aPlainOrder({ id: 'Z' })),
    ])
    expect(receipt).toMatchObject({ accepted: 2, repeated: 0 })
    expect(receipt.refused.map(each => [each.index, each.problems[0]!.code])).toEqual([
      [1, 'NOT_AN_OBJECT'],
      [2, 'NOT_AN_OBJECT'],
      [3, 'NOT_AN_OBJECT'],
      [4, 'NO_ORDER_ID'],
      [5, 'NO_ORDER_ID'],
    ])
    expect(await store.events.countDocuments()).toBe(2)
    expect(await store.quarantine.countDocuments({ status: 'open' })).toBe(5)
  })

  it('writes what many callers bring at once together, and answers each for its own', async () => {
    const all = orders(40)
    const receipts = await Promise.all(all.map(order => intake.accept(connection, [order, all[0]])))
    expect(receipts.reduce((sum, each) => sum + each.accepted, 0)).toBe(40)
    expect(receipts.every(each => each.accepted + each.repeated === 2)).toBe(true)
    expect(await store.events.countDocuments()).toBe(40)
  })

  it('says it is busy when the backlog is full, and has then taken nothing', async () => {
    await intake.accept(connection, orders(50))
    const late = intake.accept(connection, [documentOf(aPlainOrder({ id: 'late' }))])
    await expect(late).rejects.toMatchObject({ code: 'BUSY', statusCode: 503 })
    expect(await store.events.countDocuments()).toBe(50)
  })

  it('keeps one buyer in one lane, however the phone is written', async () => {
    const phones = [
      '13800000001',
      '+86 138-0000-0001',
      '138 0000 0001',
      '8613800000001',
      '１３８００００ ０００１',
    ]
    await intake.accept(
      connection,
      phones.map((phone, i) => documentOf(aPlainOrder({ id: `A${i}`, phone }))),
    )
    expect(await store.events.distinct('lane')).toHaveLength(1)
  })

  it('refuses what is nested too deep or too large without falling over', async () => {
    let deep: unknown = 1
    for (let i = 0; i < 50_000; i++) deep = [deep]
    const receipt = await intake.accept(connection, [
      { id: 'D', deep },
      { id: 'L', text: 'x'.repeat(1_100_000) },
    ])
    expect(receipt.refused.map(each => each.problems[0]!.code)).toEqual(['TOO_DEEP', 'TOO_LARGE'])
  })

  it('refuses a connection that is switched off', async () => {
    const off = intake.accept({ ...connection, enabled: false }, orders(1))
    await expect(off).rejects.toMatchObject({ code: 'CONNECTION_PAUSED' })
  })
})

describe('parsing JSON', () => {
  it('keeps every digit of a platform id', () => {
    expect(
      parseJson('{"tid":4123456789012345678,"n":12,"x":-9007199254740993,"f":1.5,"s":"4123456789012345678"}'),
    ).toEqual({
      tid: '4123456789012345678',
      n: 12,
      x: '-9007199254740993',
      f: 1.5,
      s: '4123456789012345678',
    })
  })

  it('names the lines that are no JSON and reads the others', () => {
    expect(parseNdjson('{"a":1}\n\nnonsense\n{"a":2}\n')).toEqual({
      documents: [{ a: 1 }, { a: 2 }],
      broken: [{ index: 1, text: 'nonsense' }],
    })
  })
})
