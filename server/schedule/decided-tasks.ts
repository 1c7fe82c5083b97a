import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import type { TaskDoc } from '../store/task-doc.ts'
import { visitKey } from './visit-key.ts'

/**
 * Lets the run of a decided task go on, then closes the task. In this order, and each of them harmless when
 * repeated: a crash in between leaves an open task with a choice, which the sweep finishes.
 */
export async function finishTask(task: TaskDoc, store: Store, intake: Intake): Promise<void> {
  const { _id, workspace, run, order, lane, choice = '', by = '', choices } = task
  if (choices.length > 0)
    await intake.resume([
      { kind: 'resume', workspace, run, key: visitKey(_id), port: choice, by, order, lane },
    ])
  await store.tasks.updateOne({ _id, status: 'open' }, { $set: { status: 'done', closedAt: new Date() } })
}

/** Finishes tasks whose decision was written down by a process that then ended. */
export async function sweepDecidedTasks(store: Store, intake: Intake): Promise<number> {
  const decided = await store.tasks
    .find({ status: 'open', choice: { $exists: true } })
    .limit(200)
    .lean()
  for (const task of decided) await finishTask(task, store, intake)
  return decided.length
}
