import { expect, it } from 'vitest'
import { sweepRetention } from '../../server/schedule/sweep-retention.ts'
import { freshStore } from '../support/embedded.ts'

it('forgets what is over, and keeps what still waits however old it is', async () => {
  const store = await freshStore()
  const old = new Date('2026-01-01T00:00:00Z')
  const now = new Date('2026-10-01T00:00:00Z')
  const event = (state: string, receivedAt: Date) => ({
    _id: `${state} ${receivedAt.getTime()}`,
    state,
    receivedAt,
  })
  const run = (status: string, finishedAt: Date) => ({
    _id: `${status} ${finishedAt.getTime()}`,
    status,
    outcome: status === 'done' ? 'ship' : '',
    finishedAt,
  })
  await store.events.collection.insertMany(
    ['done', 'pending', 'unclaimed', 'failed'].flatMap(state => [
      event(state, old),
      event(state, now),
    ]) as object[],
  )
  await store.runs.collection.insertMany(
    ['done', 'failed', 'waiting'].flatMap(status => [run(status, old), run(status, now)]) as object[],
  )
  expect(await sweepRetention(store, 90, now)).toBe(3)
  expect(await store.events.countDocuments({ receivedAt: old })).toBe(3)
  expect(await store.runs.find({ finishedAt: old }).distinct('status')).toEqual(['waiting'])
  expect(await store.runs.countDocuments({ finishedAt: now })).toBe(3)
  await store.close()
})
