import { type Static, Type } from 'typebox'
import type { Plans } from '../engine/plan.ts'
import { visitKey } from '../schedule/visit-key.ts'
import type { Store } from '../store/store.ts'
import type { TaskDoc } from '../store/task-doc.ts'
import type { Text } from '../workflow/text.ts'
import { planOf } from './run-view.ts'
import { Instant, TextShape } from './shapes.ts'

export const TaskStatus = Type.Union([Type.Literal('open'), Type.Literal('done')])

export const TaskShape = Type.Object({
  id: Type.String(),
  topic: Type.String(),
  title: Type.String(),
  detail: Type.String(),
  assignee: Type.String(),
  order: Type.String(),
  orderId: Type.String(),
  run: Type.String(),
  choices: Type.Array(Type.Object({ id: Type.String(), name: TextShape })),
  createdAt: Instant,
  status: TaskStatus,
  choice: Type.Optional(Type.String()),
  by: Type.Optional(Type.String()),
  closedAt: Type.Optional(Instant),
})

const DONE_NAME: Text = { zh: '已处理', en: 'Done' }

/** What may be chosen; a task no run waits for can only be put away. */
export const choiceIdsOf = (task: TaskDoc): readonly string[] =>
  task.choices.length > 0 ? task.choices : ['done']

export async function viewTask(task: TaskDoc, store: Store, plans: Plans): Promise<Static<typeof TaskShape>> {
  const {
    _id,
    topic,
    title,
    detail,
    assignee,
    order,
    orderId,
    run,
    status,
    choice,
    by,
    createdAt,
    closedAt,
  } = task
  return {
    id: _id,
    topic,
    title,
    detail,
    assignee: assignee ?? '',
    order,
    orderId,
    run,
    choices: await choicesOf(task, store, plans),
    createdAt: createdAt.toISOString(),
    status,
    ...(choice === undefined ? {} : { choice }),
    ...(by ? { by } : {}),
    ...(closedAt ? { closedAt: closedAt.toISOString() } : {}),
  }
}

/** Choices are ports of the node that asks; their words stand on its edges. */
async function choicesOf(task: TaskDoc, store: Store, plans: Plans): Promise<{ id: string; name: Text }[]> {
  if (task.choices.length === 0) return [{ id: 'done', name: DONE_NAME }]
  const run = await store.runs.findById(task.run, { workflow: 1, version: 1 }).lean()
  const plan = run && (await planOf(run, plans))
  // `<run>/<node>/<occurrence>`
  const [node = ''] = visitKey(task._id)
    .slice(task.run.length + 1)
    .split('/')
  const ports = plan?.byId.get(node)?.ports ?? {}
  return task.choices.map(id => ({ id, name: ports[id] ?? { zh: id, en: id } }))
}
