import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { finishTask } from '../schedule/decided-tasks.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { IdParams, listOf, PageQuery, STRICT } from './shapes.ts'
import { choiceIdsOf, TaskShape, TaskStatus, viewTask } from './task-view.ts'

const TaskQuery = Type.Object(
  {
    ...PageQuery,
    status: Type.Optional(TaskStatus),
    topic: Type.Optional(Type.String({ maxLength: 80 })),
  },
  STRICT,
)

const Decision = Type.Object(
  {
    choice: Type.String({ minLength: 1, maxLength: 64 }),
    by: Type.Optional(Type.String({ maxLength: 80 })),
  },
  STRICT,
)

export function taskRoutes(app: Api, { store, plans, intake, engine }: Services): void {
  app.get(
    '/api/tasks',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['tasks'],
        summary: 'What people must look at or decide, newest first',
        querystring: TaskQuery,
        response: { 200: listOf(TaskShape) },
      },
    },
    async ({ query }) => {
      const filter = {
        status: query.status ?? 'open',
        ...(query.topic ? { topic: query.topic } : {}),
      } as const
      const page = await pageByTime(store.tasks, filter, 'createdAt', query)
      return { ...page, items: await Promise.all(page.items.map(task => viewTask(task, store, plans))) }
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
        body: Decision,
        response: { 200: TaskShape },
      },
    },
    async ({ params: { id }, body: { choice, by = '' } }) => {
      const task = await store.tasks.findById(id).lean()
      if (!task) throw new errors.NotFound('待办', id, 'task', id)
      const allowed = choiceIdsOf(task)
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
      return viewTask({ ...decided, status: 'done', closedAt: new Date() }, store, plans)
    },
  )
}
