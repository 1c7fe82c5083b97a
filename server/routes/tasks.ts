import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { finishTask } from '../schedule/decided-tasks.ts'
import { visitKey } from '../schedule/visit-key.ts'
import type { Services } from '../services.ts'
import type { TaskDoc } from '../store/task-doc.ts'
import type { Text } from '../workflow/text.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { IdParams, Instant, listOf, PageQuery, STRICT, TextShape } from './shapes.ts'

const Status = Type.Union([Type.Literal('open'), Type.Literal('done')])

const TaskShape = Type.Object({
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
  status: Status,
  choice: Type.Optional(Type.String()),
  by: Type.Optional(Type.String()),
  closedAt: Type.Optional(Instant),
})

/** What closes a task no run waits for. */
const DONE = 'done'
const DONE_NAME: Text = { zh: '已处理', en: 'Done' }

export function taskRoutes(app: Api, { store, plans, intake, engine }: Services): void {
  app.get(
    '/api/tasks',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['tasks'],
        summary: 'What people must look at or decide, newest first',
        querystring: Type.Object(
          {
            ...PageQuery,
            status: Type.Optional(Status),
            topic: Type.Optional(Type.String({ maxLength: 80 })),
          },
          STRICT,
        ),
        response: { 200: listOf(TaskShape) },
      },
    },
    async ({ query }) => {
      const filter = {
        status: query.status ?? 'open',
        ...(query.topic ? { topic: query.topic } : {}),
      } as const
      const page = await pageByTime(store.tasks, filter, 'createdAt', query)
      return { ...page, items: await Promise.all(page.items.map(view)) }
    },
  )

  app.post(
    '/api/tasks/:id/decide',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['tasks'],
        summary: 'Decides a task; the run that waits for it goes on',
        params: IdParams,
        body: Type.Object(
          {
            choice: Type.String({ minLength: 1, maxLength: 64 }),
            by: Type.Optional(Type.String({ maxLength: 80 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: TaskShape },
      },
    },
    async ({ params, body }) => {
      const { id } = params
      const task = await store.tasks.findById(id).lean()
      if (!task) throw new errors.NotFound('待办', id, 'task', id)
      const allowed = task.choices.length > 0 ? task.choices : [DONE]
      const { choice, by = '' } = body
      if (!allowed.includes(choice)) {
        const all = allowed.join(', ')
        throw new errors.ChoiceUnknown(choice, all, choice, all)
      }
      // The first decision stands, whoever clicks at the same time.
      await store.tasks.updateOne(
        { _id: id, status: 'open', choice: { $exists: false } },
        { $set: { choice, by } },
      )
      const decided = await store.tasks.findById(id).lean()
      if (decided?.status !== 'open' || decided.choice !== choice) throw new errors.TaskClosed(id, id)
      await finishTask(decided, store, intake)
      engine.wake()
      return view({ ...decided, status: 'done', closedAt: new Date() })
    },
  )

  async function view(task: TaskDoc) {
    const { _id, topic, title, detail, assignee, order, orderId, run, status, choice, by } = task
    return {
      id: _id,
      topic,
      title,
      detail,
      assignee: assignee ?? '',
      order,
      orderId,
      run,
      choices: await choicesOf(task),
      createdAt: task.createdAt.toISOString(),
      status,
      ...(choice === undefined ? {} : { choice }),
      ...(by ? { by } : {}),
      ...(task.closedAt ? { closedAt: task.closedAt.toISOString() } : {}),
    }
  }

  /** Choices are ports of the node that asks; their words stand on its edges. */
  async function choicesOf(task: TaskDoc): Promise<{ id: string; name: Text }[]> {
    if (task.choices.length === 0) return [{ id: DONE, name: DONE_NAME }]
    const key = visitKey(task._id)
    const [node = ''] = key.slice(task.run.length + 1).split('/')
    const plan = await plans.get(task.run.slice(task.run.lastIndexOf('/') + 1)).catch(() => undefined)
    const ports = plan?.byId.get(node)?.ports ?? {}
    return task.choices.map(id => ({ id, name: ports[id] ?? { zh: id, en: id } }))
  }
}
