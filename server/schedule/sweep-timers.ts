import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import { visitKey } from './visit-key.ts'

const BATCH = 500

/**
 * Wakes runs whose time has come. The event is durable before the timer counts as fired, and the same
 * wake-up twice is one event, so a crash in between loses nothing and repeats nothing.
 * @returns how many timers fired
 */
export async function sweepTimers(store: Store, intake: Intake, now = new Date()): Promise<number> {
  let fired = 0
  for (;;) {
    const due = await store.timers
      .find({ state: 'set', dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(BATCH)
      .lean()
    await intake.resume(
      due.map(({ _id, workspace, run, port, order, lane }) => ({
        kind: 'resume' as const,
        workspace,
        run,
        key: visitKey(_id),
        port,
        by: 'timer',
        order,
        lane,
      })),
    )
    if (due.length > 0)
      await store.timers.updateMany({ _id: { $in: due.map(each => each._id) } }, { $set: { state: 'fired' } })
    fired += due.length
    if (due.length < BATCH) return fired
  }
}
