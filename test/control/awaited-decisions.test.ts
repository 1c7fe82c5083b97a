import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwaitedDecisions, awaitedDecisions } from '../../server/control/awaited-decisions.ts'
import { identify } from '../../server/intake/identify.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let room: EngineRoom
const opened: AwaitedDecisions[] = []

beforeAll(async () => {
  room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': 1_000 } } })
})
afterAll(async () => {
  for (const each of opened) each.close()
  await room.close()
})

const log = { error: (details: object) => console.error(details) }
/** A process beside the one that works: it hears of no batch. */
const deaf = { onBatch: () => () => undefined }

function open(isWorkedElsewhere: boolean): AwaitedDecisions {
  const { plans } = room.context
  const engine = isWorkedElsewhere ? deaf : room.engine
  const awaited = awaitedDecisions({
    engine,
    store: room.store,
    plans,
    log,
    isWorkedElsewhere: () => isWorkedElsewhere,
  })
  opened.push(awaited)
  return awaited
}

const documentsOf = (ids: readonly string[]) =>
  ids.map(id => documentOf(aPlainOrder({ id, phone: `136${id}` })))

function eventsOf(...ids: string[]): string[] {
  return documentsOf(ids).map(document => {
    const found = identify(room.connection, document)
    return 'identity' in found ? found.identity.event : ''
  })
}

const accept = (...ids: string[]) => room.intake.accept(room.connection, documentsOf(ids))

describe('awaited decisions', () => {
  it('are told as soon as the engine of this process made them', async () => {
    const events = eventsOf('10000001', '10000002')
    const { made } = open(false).wait(events, 5_000)
    await accept('10000001', '10000002')
    const told = [...(await made)!.values()].map(({ event, outcome }) => [event, outcome])
    expect(told).toEqual(expect.arrayContaining(events.map(event => [event, 'ship'])))
  })

  it('are not missed where they are made before the caller is told that its orders are safe', async () => {
    const { made } = open(false).wait(eventsOf('11000001'), 5_000)
    await accept('11000001')
    await room.engine.idle()
    expect((await made)?.size).toBe(1)
  })

  it('are read from the store where another process made them', async () => {
    const events = eventsOf('20000001')
    const { made } = open(true).wait(events, 5_000)
    await accept('20000001')
    expect((await made)!.get(events[0]!)).toMatchObject({ status: 'decided', orderStatus: 'to-ship' })
  })

  it('are the same whichever way they come', async () => {
    const events = eventsOf('30000001')
    const heard = open(false).wait(events, 5_000)
    const read = open(true).wait(events, 5_000)
    await accept('30000001')
    const decisions = await heard.made
    expect(await read.made).toEqual(decisions)
    const again = open(false).wait(events, 5_000)
    again.lookUp()
    expect(await again.made).toEqual(decisions)
  })

  it('are told to all who wait for the same event', async () => {
    const awaited = open(false)
    const [event = ''] = eventsOf('40000001')
    const all = [1, 2, 3].map(() => awaited.wait([event], 5_000))
    await accept('40000001')
    const told = await Promise.all(all.map(({ made }) => made))
    expect(told.map(decisions => decisions?.get(event)?.outcome)).toEqual(['ship', 'ship', 'ship'])
  })

  it('end with nothing when their time is over, when nobody waits any more, and when the process stops', async () => {
    const awaited = open(true)
    const nobody = ['plain:nobody#1']
    const began = performance.now()
    expect(await awaited.wait(nobody, 100).made).toBeNull()
    expect(performance.now() - began).toBeLessThan(1_000)
    const forgotten = awaited.wait(nobody, 10_000)
    forgotten.forget()
    expect(await forgotten.made).toBeNull()
    const last = awaited.wait(nobody, 10_000)
    awaited.close()
    expect(await last.made).toBeNull()
  })
})
