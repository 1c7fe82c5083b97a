import { describe, expect, it } from 'vitest'
import { laneQueue } from '../../server/intake/lane-queue.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'

const anEvent = (seq: number) => ({ _id: `e${seq}`, seq }) as EventDoc
const idsOf = (events: readonly EventDoc[]) => events.map(event => event._id)

/** A queue that has seen that nothing else is pending. */
async function caughtUp() {
  const queue = laneQueue()
  await queue.fill(10, async () => [])
  return queue
}

/** Accepts and stores events as the buffer does. */
function append(queue: ReturnType<typeof laneQueue>, ...seqs: number[]): void {
  const events = seqs.map(anEvent)
  queue.storing(idsOf(events))
  queue.stored(idsOf(events), events)
}

describe('what is remembered of a lane', () => {
  it('is what was accepted here, without reading it again, until it is settled', async () => {
    const queue = await caughtUp()
    append(queue, 1, 2, 3)
    await queue.fill(10, () => Promise.reject(new Error('read')))
    expect(idsOf(queue.first(2))).toEqual(['e1', 'e2'])
    queue.settled(new Set(['e1']))
    expect(idsOf(queue.first(2))).toEqual(['e2', 'e3'])
  })

  it('keeps the order of acceptance when groups are stored in another', async () => {
    const queue = await caughtUp()
    append(queue, 3, 4)
    append(queue, 1, 2)
    expect(idsOf(queue.first(9))).toEqual(['e1', 'e2', 'e3', 'e4'])
  })

  it('leaves out what was known already', async () => {
    const queue = await caughtUp()
    queue.storing(['e1', 'e2'])
    queue.stored(['e1', 'e2'], [anEvent(2)])
    expect(idsOf(queue.first(9))).toEqual(['e2'])
  })

  it('is read first where the lane was not seen before', async () => {
    const queue = laneQueue()
    append(queue, 5)
    await queue.fill(10, async () => [anEvent(4), anEvent(5)])
    expect(idsOf(queue.first(9))).toEqual(['e4', 'e5'])
  })

  it('holds an event once that a reading meets while it is being stored', async () => {
    const queue = laneQueue()
    queue.storing(['e1'])
    await queue.fill(10, async () => [anEvent(1)])
    expect(queue.first(9)).toEqual([])
    queue.stored(['e1'], [anEvent(1)])
    expect(idsOf(queue.first(9))).toEqual(['e1'])
  })

  it('misses none that was sent again while it was read, and is known already', async () => {
    const queue = laneQueue()
    queue.storing(['e1'])
    await queue.fill(10, async () => [anEvent(1)])
    queue.stored(['e1'], [])
    await queue.fill(10, async () => [anEvent(1)])
    expect(idsOf(queue.first(9))).toEqual(['e1'])
  })

  it('is read again when something was stored while it was read', async () => {
    const queue = laneQueue()
    await queue.fill(10, async () => {
      append(queue, 1)
      return []
    })
    await queue.fill(10, async () => [anEvent(1)])
    expect(idsOf(queue.first(9))).toEqual(['e1'])
  })

  it('is read on where a reading did not reach the end', async () => {
    const queue = laneQueue()
    await queue.fill(2, async () => [anEvent(1), anEvent(2)])
    append(queue, 3)
    queue.settled(new Set(['e1', 'e2']))
    await queue.fill(2, async () => [anEvent(3)])
    expect(idsOf(queue.first(9))).toEqual(['e3'])
  })

  it('is read when it is not known whether something was stored', async () => {
    const queue = await caughtUp()
    queue.storing(['e1'])
    queue.unsure(['e1'])
    await queue.fill(10, async () => [anEvent(1)])
    expect(idsOf(queue.first(9))).toEqual(['e1'])
  })

  it('stays small when nobody works: what comes beyond is read when its turn comes', async () => {
    const queue = await caughtUp()
    for (let seq = 0; seq < 3_000; seq += 100)
      append(queue, ...Array.from({ length: 100 }, (_, n) => seq + n))
    const remembered = queue.first(10_000)
    expect(remembered.length).toBeLessThanOrEqual(1_000)
    queue.settled(new Set(idsOf(remembered)))
    const next = remembered.length
    await queue.fill(10, async () => [anEvent(next)])
    expect(idsOf(queue.first(9))).toEqual([`e${next}`])
  })

  it('is forgotten with the lane', async () => {
    const queue = await caughtUp()
    append(queue, 1)
    queue.forget()
    expect(queue.first(9)).toEqual([])
    await queue.fill(10, async () => [anEvent(7)])
    expect(idsOf(queue.first(9))).toEqual(['e7'])
  })
})
