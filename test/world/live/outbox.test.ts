import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxDoc } from '../../../server/store/outbox-doc.ts'
import type { Store } from '../../../server/store/store.ts'
import { outboxSender } from '../../../server/world/live/outbox-sender.ts'
import type { CallResult } from '../../../server/world/live/outgoing-call.ts'
import { freshStore } from '../../support/embedded.ts'
import { noActions } from '../../support/no-actions.ts'
import { plainConnection } from '../../support/warehouse-shop.ts'

let store: Store
beforeEach(async () => {
  store = await freshStore()
})
afterEach(() => store.close())

const call = (over: Partial<OutboxDoc> = {}): OutboxDoc => ({
  _id: 'run/purchase/0',
  workspace: 'main',
  kind: 'purchase',
  order: 'plain:A1',
  run: 'run',
  connection: 'supplier',
  url: 'https://supplier.example/',
  body: {},
  state: 'planned',
  attempts: 0,
  nextAt: new Date(0),
  createdAt: new Date(0),
  ...over,
})

/** A sender whose outside world answers as told, and which keeps the keys it was called with. */
function senderThat(answer: () => CallResult) {
  const keys: string[] = []
  const calls = {
    async post(_url: string, key: string) {
      keys.push(key)
      return answer()
    },
    close: async () => {},
  }
  const log = { error: (details: object) => expect.fail(JSON.stringify(details)) }
  return { keys, ...outboxSender(store, calls, { workspace: 'main', actions: noActions, log }) }
}

const stored = () => store.outbox.findOne().lean()

describe('the outbox', () => {
  it('sends what is due once, under its effect key, whoever sweeps at the same time', async () => {
    await store.outbox.create(call())
    const sender = senderThat(() => ({ kind: 'confirmed', status: 200 }))
    await Promise.all([
      sender.sweep(),
      sender.sweep(),
      senderThat(() => ({ kind: 'confirmed', status: 200 })).sweep(),
    ])
    await sender.sweep()
    expect(sender.keys.length).toBeLessThanOrEqual(1)
    expect(await stored()).toMatchObject({ state: 'confirmed', attempts: 1 })
  })

  it('tries again later, with a pause that grows, and asks a person in the end', async () => {
    await store.outbox.create(call())
    const sender = senderThat(() => ({ kind: 'later', error: 'HTTP 503' }))
    const pauses: number[] = []
    for (let attempt = 1; attempt < 8; attempt++) {
      await sender.sweep()
      const { state, nextAt } = (await stored())!
      expect(state).toBe('planned')
      pauses.push(nextAt.getTime() - Date.now())
      await store.outbox.updateOne({}, { $set: { nextAt: new Date(0) } })
    }
    expect(pauses.at(-1)).toBeGreaterThan(pauses[0]!)
    await sender.sweep()
    expect(await stored()).toMatchObject({ state: 'failed', attempts: 8, lastError: 'HTTP 503' })
    expect(await store.tasks.findOne().lean()).toMatchObject({
      topic: 'outbox-failed',
      status: 'open',
      orderId: 'A1',
    })
  })

  it('does not repeat an unknown outcome where the other side cannot take it twice, but asks a person', async () => {
    await store.connections.create(plainConnection({ _id: 'supplier', settings: { repeatUnsafe: true } }))
    await store.outbox.create(call())
    const sender = senderThat(() => ({ kind: 'unknown', error: 'timeout' }))
    await sender.sweep()
    await sender.sweep()
    expect(sender.keys).toEqual(['run/purchase/0'])
    expect(await stored()).toMatchObject({ state: 'unknown' })
    expect(await store.tasks.findOne().lean()).toMatchObject({ topic: 'outbox-unknown' })
  })

  it('takes up a call whose sender died on the way', async () => {
    await store.outbox.create(
      call({ state: 'sent', attempts: 1, owner: 'elsewhere:1:x', nextAt: new Date(0) }),
    )
    const sender = senderThat(() => ({ kind: 'confirmed', status: 200 }))
    await sender.sweep()
    await store.outbox.updateOne({ state: 'planned' }, { $set: { nextAt: new Date(0) } })
    await sender.sweep()
    expect(sender.keys).toEqual(['run/purchase/0'])
    expect(await stored()).toMatchObject({ state: 'confirmed' })
  })
})
