import { afterEach, expect, it } from 'vitest'
import type { News } from '../../server/cluster/news.ts'
import { makeCounters } from '../../server/live/counters.ts'
import type { Decision } from '../../server/live/decisions.ts'
import { onWork, tellWatched, tellWork } from '../../server/live/work-news.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let room: EngineRoom
let stops: (() => void)[] = []
afterEach(async () => {
  for (const stop of stops) stop()
  stops = []
  await room.close()
})

/** Two processes that hear each other at once. */
function pair(): [News & { told: number }, News] {
  const heard = [new Map<string, (message: unknown) => void>(), new Map<string, (message: unknown) => void>()]
  const side = (own: number) => ({
    told: 0,
    tell(topic: string, message: unknown) {
      this.told++
      // As it travels.
      heard[1 - own]!.get(topic)?.(JSON.parse(JSON.stringify(message)))
    },
    on(topic: string, listener: (message: unknown) => void) {
      heard[own]!.set(topic, listener)
      return () => heard[own]!.delete(topic)
    },
    isAlone: () => false,
    close: async () => {},
  })
  return [side(0), side(1)]
}

it('What one process accepts and decides is counted on the live page of another, decisions as far as somebody looks', async () => {
  room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': 500 } } })
  const [worker, web] = pair()
  const own = makeCounters()
  const distant = makeCounters()
  const decisions: Decision[] = []
  const log = { error: (details: object) => console.error(details) }
  let isWatched = false
  stops = [
    tellWork({ news: worker, engine: room.engine, intake: room.intake, plans: room.context.plans, log }),
    room.intake.onAccepted(own.accepted),
    room.engine.onBatch(own.batch),
    onWork(web, work => {
      distant.add(work.tally)
      decisions.push(...work.decisions)
    }),
    tellWatched(web, () => isWatched),
  ]
  const orders = (prefix: string) =>
    Array.from({ length: 150 }, (_, n) =>
      documentOf(aPlainOrder({ id: `${prefix}${n}`, phone: `139${prefix}${String(n).padStart(7, '0')}` })),
    )
  await room.decide(orders('1'))
  await eventually('all are counted', () => distant.totals().decided === 150)
  expect(decisions).toEqual([])

  isWatched = true
  await eventually('the worker knows that somebody looks', async () => {
    await room.decide([documentOf(aPlainOrder({ id: `W${Date.now()}`, phone: '13700000000' }))])
    return decisions.length > 0
  })
  expect(decisions[0]).toMatchObject({ customer: '王**', status: 'done' })
  await room.decide(orders('2'))
  await eventually('all are counted again', () => distant.totals().decided === own.totals().decided)
  expect(distant.totals()).toEqual(own.totals())
  const { meanMs: _ofOne, ...table } = own.workflows()[0]!.nodes.table!
  expect(distant.workflows()[0]!.nodes.table).toMatchObject(table)
})

it('A process says at most ten times a second what it did', async () => {
  room = await openEngineRoom()
  const [worker] = pair()
  const log = { error: (details: object) => console.error(details) }
  stops = [
    tellWork({ news: worker, engine: room.engine, intake: room.intake, plans: room.context.plans, log }),
  ]
  const began = Date.now()
  for (let n = 0; Date.now() - began < 600; n++)
    await room.intake.accept(room.connection, [documentOf(aPlainOrder({ id: `N${n}` }))])
  expect(worker.told).toBeGreaterThan(0)
  expect(worker.told).toBeLessThanOrEqual(Math.ceil((Date.now() - began) / 100))
})
