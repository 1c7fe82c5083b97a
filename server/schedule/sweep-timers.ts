import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import type { TaskDoc } from '../store/task-doc.ts'
import type { TimerDoc } from '../store/timer-doc.ts'
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
    const decided = await decideTasks(store, due)
    await intake.resume(
      due.map(({ _id, workspace, run, port, order, lane }) => {
        const key = visitKey(_id)
        const { choice = port, by = 'timer' } = decided.get(key) ?? {}
        return { kind: 'resume' as const, workspace, run, key, port: choice, by, order, lane }
      }),
    )
    if (due.length > 0)
      await store.timers.updateMany({ _id: { $in: due.map(each => each._id) } }, { $set: { state: 'fired' } })
    fired += due.length
    if (due.length < BATCH) return fired
  }
}

/**
 * A timer that stands beside a task decides it, unless a person was quicker: the run goes the way that is written
 * in the task, whoever wrote it. The sweep of decided tasks closes it.
 */
async function decideTasks(
  store: Store,
  due: readonly TimerDoc[],
): Promise<ReadonlyMap<string, Pick<TaskDoc, 'choice' | 'by'>>> {
  const beside = due.filter(({ _id }) => visitKey(_id) !== _id)
  if (beside.length === 0) return new Map()
  await store.tasks.bulkWrite(
    beside.map(({ _id, port }) => ({
      updateOne: {
        filter: { _id: visitKey(_id), status: 'open', choice: { $exists: false } },
        update: { $set: { choice: port, by: 'timer' } },
      },
    })),
    { ordered: false },
  )
  const tasks = await store.tasks.find({ _id: { $in: beside.map(({ _id }) => visitKey(_id)) } }).lean()
  return new Map(tasks.map(({ _id, choice, by }) => [_id, { choice, by }]))
}
