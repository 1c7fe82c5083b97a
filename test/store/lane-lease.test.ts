import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { acquireLane, LaneLostError, watchLanes } from '../../server/store/lane-lease.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'

let store: Store
beforeEach(async () => {
  store = await freshStore()
})
afterEach(() => store.close())

const intent = { seq: 1, at: new Date(), events: [], plans: [], answers: [], holds: [], deltas: [] }
/** A worker on another machine: nothing is known of its process. */
const elsewhere = 'elsewhere:1:x'

describe('the lease of a lane', () => {
  it('is given to one worker at a time', async () => {
    expect(await acquireLane(store, 0, elsewhere)).not.toBeNull()
    expect(await acquireLane(store, 0)).toBeNull()
  })

  it('is taken over when it ran out, and the worker before can write no more', async () => {
    const first = await acquireLane(store, 0, elsewhere)
    await store.lanes.updateOne({ _id: 0 }, { $set: { until: new Date(0) } })
    const second = await acquireLane(store, 0)
    expect(second!.epoch).toBe(first!.epoch + 1)
    await expect(first!.write(intent)).rejects.toBeInstanceOf(LaneLostError)
    await expect(first!.renew()).rejects.toBeInstanceOf(LaneLostError)
    await second!.write(intent)
  })

  it('is taken over at once from a process of this machine that is gone', async () => {
    const { hostname } = await import('node:os')
    await acquireLane(store, 0, `${hostname()}:999999999:x`)
    expect(await acquireLane(store, 0)).not.toBeNull()
  })

  it('hands the successor what its predecessor was about to do, and goes on numbering', async () => {
    const first = await acquireLane(store, 0, elsewhere)
    const seq = first!.nextSeq()
    await first!.write({ ...intent, seq, events: ['e1'] })
    await store.lanes.updateOne({ _id: 0 }, { $set: { until: new Date(0) } })
    const second = await acquireLane(store, 0)
    expect(second!.inherited).toMatchObject({ seq, events: ['e1'] })
    expect(second!.nextSeq()).toBe(seq + 1)
  })

  it('goes to exactly one of two workers that ask at the same moment', async () => {
    const asked = await Promise.all([acquireLane(store, 3, 'a:1:x'), acquireLane(store, 3, 'b:1:x')])
    expect(asked.filter(Boolean)).toHaveLength(1)
  })
})

describe('a lease of another machine', () => {
  /** Its clock is off by so much. */
  const leaseOf = (lane: number, skewMs: number) =>
    store.lanes.updateOne(
      { _id: lane },
      { $set: { owner: elsewhere, until: new Date(Date.now() + skewMs) }, $inc: { epoch: 1 } },
    )

  it('is not taken while it is renewed, although the clock there is behind', async () => {
    for (let renewals = 0; renewals < 5; renewals++) {
      await leaseOf(1, -30_000)
      expect(await acquireLane(store, 1)).toBeNull()
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  })

  it('is taken within seconds after its last renewal, although the clock there is ahead', async () => {
    await leaseOf(2, 3_600_000)
    expect(await acquireLane(store, 2)).toBeNull()
    const began = performance.now()
    const clock = vi.spyOn(performance, 'now')
    try {
      clock.mockReturnValue(began + 3_400)
      expect(await acquireLane(store, 2)).toBeNull()
      clock.mockReturnValue(began + 4_500)
      expect(await acquireLane(store, 2)).not.toBeNull()
    } finally {
      clock.mockRestore()
    }
  })

  it('that was watched all the time is taken at the first attempt after it ran out', async () => {
    await leaseOf(2, 3_600_000)
    await watchLanes(store)
    const began = performance.now()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(began + 4_500)
    try {
      expect(await acquireLane(store, 2)).not.toBeNull()
    } finally {
      clock.mockRestore()
    }
  })
})
