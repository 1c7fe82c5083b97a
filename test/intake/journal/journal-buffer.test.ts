import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Buffer } from '../../../server/intake/buffer.ts'
import { emptyJournal } from '../../../server/intake/journal/empty-journal.ts'
import { holdsJournal } from '../../../server/intake/journal/found-journal.ts'
import { openJournalBuffer } from '../../../server/intake/journal/journal-buffer.ts'
import { mongoBuffer } from '../../../server/intake/mongo-buffer.ts'
import { LANES } from '../../../server/store/lanes.ts'
import type { Store } from '../../../server/store/store.ts'
import { smallDisk } from '../../crash/small-disk.ts'
import { freshStore } from '../../support/embedded.ts'
import { quiet } from '../../support/redis.ts'
import { anEvent } from '../buffer-contract.ts'

let store: Store
let folder: string
let opened: Buffer[]
let moved: number[]

beforeEach(async () => {
  store = await freshStore()
  folder = await mkdtemp(join(tmpdir(), 'orderloom-journal-'))
  opened = []
  moved = []
})
afterEach(async () => {
  for (const buffer of opened) await buffer.close()
  await store.close()
  await rm(folder, { recursive: true })
})

/** A process that works all lanes; those before it were killed. */
async function worker(at = folder): Promise<Buffer> {
  // The killed one asks for nothing any more, but must not be in its successor's way when the test ends.
  const buffer = await openJournalBuffer(store, {
    folder: at,
    moved: lanes => moved.push(...lanes),
    log: quiet,
  })
  opened.push(buffer)
  for (let lane = 0; lane < LANES; lane++) buffer.hold(lane)
  return buffer
}

const many = (count: number, lane = 0) => Array.from({ length: count }, (_, i) => anEvent(`E${i}`, lane))
const idsOf = (events: readonly { _id: string }[]) => events.map(event => event._id)

describe('the journal before the store', () => {
  it('keeps the store out of it until events are worked off', async () => {
    const buffer = await worker()
    const events = many(3)
    await buffer.append(events)
    expect(await store.events.countDocuments()).toBe(0)
    await buffer.settle([{ events: events.slice(0, 2), state: 'done' }])
    expect(idsOf(await store.events.find({ state: 'done' }).lean())).toEqual(['E0', 'E1'])
    expect(await buffer.count()).toBe(1)
  })

  it('has after a kill what waited, and nothing of what was worked off', async () => {
    const before = await worker()
    const events = many(1_200)
    await before.append(events)
    await before.settle([{ events: await before.next([0], 700), state: 'done' }])
    const after = await worker()
    expect(await after.count()).toBe(500)
    expect(await after.next([0], 1_000)).toEqual(events.slice(700))
    expect(await after.append([{ ...events[0]! }, { ...events[800]! }])).toEqual([true, true])
  })

  it('counts an event that was settled just before the kill as known, though its place was not free yet', async () => {
    const before = await worker()
    const [event] = many(1)
    await before.append([event!])
    // What a batch commits together with its event, and then the process is gone.
    await store.events.collection.insertOne({ ...event!, state: 'done' } as never)
    const after = await worker()
    expect(await after.count()).toBe(0)
    expect(await after.next([0], 10)).toEqual([])
    expect(idsOf(await before.next([0], 10))).toEqual(['E0'])
  })

  it('moves a lane into the store when another process is to work it, and what comes later too', async () => {
    const buffer = await worker()
    const events = many(1_300, 5)
    await buffer.append(events.slice(0, 1_200))
    buffer.leave(5)
    const successor = mongoBuffer(store)
    await vi.waitUntil(async () => (await store.events.countDocuments({ state: 'pending' })) === 1_200)
    await buffer.append(events.slice(1_200))
    expect(new Set(moved)).toEqual(new Set([5]))
    expect(idsOf(await successor.next([5], 2_000))).toEqual(idsOf(events))
    await successor.settle([{ events: events.slice(0, 1_000), state: 'done' }])
    buffer.hold(5)
    expect(idsOf(await buffer.next([5], 1_000))).toEqual(idsOf(events.slice(1_000)))
  })

  it('settles an event of a lane it is just giving up, wherever the event is by then', async () => {
    const buffer = await worker()
    const events = many(40, 2)
    await buffer.append(events)
    const given = await buffer.next([2], 40)
    buffer.leave(2)
    await buffer.settle([{ events: given, state: 'done' }])
    await vi.waitUntil(async () => (await store.events.countDocuments({ state: 'done' })) === 40)
    expect(await buffer.count()).toBe(0)
  })

  it('is brought into the store, or another buffer, when the product no longer keeps one', async () => {
    const before = await worker()
    await before.append(many(700, 1))
    await before.settle([{ events: await before.next([1], 100), state: 'done' }])
    await before.close()
    const other = mongoBuffer(store)
    await emptyJournal(folder, other)
    expect(await other.count()).toBe(600)
    expect(holdsJournal(folder)).toBe(false)
    await emptyJournal(folder, other)
    expect(await other.count()).toBe(600)
  })

  it('puts events into the store when only its own disk is full, and the journal rests', async ctx => {
    const disk = smallDisk(4)
    if (!disk) return ctx.skip('nothing can be mounted here, so no disk can be filled')
    try {
      const buffer = await worker(join(disk.folder, 'journal'))
      await buffer.append([anEvent('before')])
      disk.fillUp('ballast')
      const large = anEvent('large', 0, { body: JSON.stringify({ note: 'x'.repeat(500_000) }) })
      expect(await buffer.append([large])).toEqual([false])
      expect(await buffer.append([anEvent('after')])).toEqual([false])
      expect(idsOf(await store.events.find({ state: 'pending' }).sort({ seq: 1 }).lean())).toEqual([
        'large',
        'after',
      ])
      expect(idsOf(await buffer.next([0], 10))).toEqual(['before', 'large', 'after'])
      disk.makeRoom('ballast')
      await buffer.close()
    } finally {
      disk.remove()
    }
  })
})
