import type { Store } from '../store/store.ts'
import { type Buffer, NotYetKnownError } from './buffer.ts'
import { mongoBuffer } from './mongo-buffer.ts'

/** So old a batch is not on its way any more: events nobody knows of it were settled and have expired since. */
const SURELY_OVER_MS = 3_600_000

/**
 * The buffer of a process that shares the embedded store with its owner. The owner keeps events of lanes it works in
 * a journal of its own; where it lost such a lane, they come into the store as soon as it has noticed. Until then what
 * it had begun with them is not to be taken for finished.
 */
export function besideJournal(store: Store): Buffer {
  const buffer = mongoBuffer(store)
  return {
    ...buffer,
    async begun(lane, ids, at) {
      const pending = await buffer.begun(lane, ids, at)
      if (Date.now() - at.getTime() > SURELY_OVER_MS) return pending
      const known = await store.events.countDocuments({ _id: { $in: [...ids] } })
      if (known < new Set(ids).size)
        throw new NotYetKnownError(`What had been begun in lane ${lane} is still with the process before.`)
      return pending
    },
  }
}
