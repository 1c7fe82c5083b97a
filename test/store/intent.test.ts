import { serialize } from 'node:v8'
import { Binary } from 'bson'
import { describe, expect, it } from 'vitest'
import { packIntent, unpackIntent } from '../../server/store/intent.ts'
import type { Intent } from '../../server/store/lane-doc.ts'

const run = 'plain:A1#abc/warehouse@1'

const intent: Intent = {
  seq: 7,
  at: new Date('2026-10-01T02:00:00Z'),
  events: ['plain:A1#abc'],
  plans: ['warehouse@1'],
  answers: [{ key: `${run}/current/0`, answer: undefined }],
  holds: [
    {
      key: `${run}/hold/0`,
      seq: 7,
      orderKey: 'plain:A1',
      orderId: 'A1',
      warehouse: 'hangzhou',
      lines: [
        { sku: 'MILK-1', quantity: 2 },
        { sku: '牛奶/1', quantity: 1 },
      ],
      held: true,
    },
    {
      key: `${run}/hold/1`,
      seq: 6,
      orderKey: 'plain:A1',
      orderId: 'A1',
      warehouse: 'ningbo',
      lines: [],
      held: false,
      short: { sku: 'MILK-1', available: 0, need: 2 },
    },
  ],
  deltas: [{ id: 'main/hangzhou/MILK-1', quantity: 2 }],
}

const reading = {
  places: [{ id: 'hangzhou', name: '杭州仓', point: { lng: 120.15, lat: 30.27 } }],
  levels: new Map([['MILK-1', new Map([['hangzhou', 5]])]]),
  keys: [`${run}/stock/0`],
}

describe('a packed intent', () => {
  it('says all that went in, as the store gives it back', () => {
    const whole = { ...intent, readings: [reading] }
    expect(unpackIntent(new Binary(packIntent(whole)))).toEqual(whole)
  })

  it('names what was read of the stock with the keys of each lane', () => {
    const other = { ...reading, keys: ['plain:B1#abc/warehouse@1/stock/0'] }
    const [first, second] = [reading, other].map(each => packIntent({ ...intent, readings: [each] }))
    expect(unpackIntent(first)?.readings).toEqual([reading])
    expect(unpackIntent(second)?.readings).toEqual([other])
  })

  it('of version 0.5.0 is read as it was written', () => {
    expect(unpackIntent(new Binary(serialize(intent)))).toEqual(intent)
  })

  it('is none where none was written', () => {
    expect(unpackIntent(undefined)).toBeNull()
  })
})
