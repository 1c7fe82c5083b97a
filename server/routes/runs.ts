import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Api } from './api.ts'
import { pageByTime } from './page.ts'
import { RunDetailShape, RunShape, viewRun, viewRunWithSteps } from './run-view.ts'
import { IdParams, listOf, NewId, PageQuery, STRICT } from './shapes.ts'

const RunQuery = Type.Object(
  {
    ...PageQuery,
    status: Type.Optional(
      Type.Union([Type.Literal('done'), Type.Literal('failed'), Type.Literal('waiting')]),
    ),
    workflow: Type.Optional(NewId),
    /** Order key, `<connection>:<platform order id>`. */
    order: Type.Optional(Type.String({ maxLength: 300 })),
  },
  STRICT,
)

export function runRoutes(app: Api, { store, plans, intake, engine }: Services): void {
  app.get(
    '/api/runs',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['runs'],
        summary: 'Runs, the last finished first, each told in one sentence',
        querystring: RunQuery,
        response: { 200: listOf(RunShape) },
      },
    },
    async ({ query }) => {
      const filter: QueryFilter<RunDoc> = {}
      if (query.status) filter.status = query.status
      if (query.workflow) filter.workflow = query.workflow
      if (query.order) filter.order = query.order
      const page = await pageByTime(store.runs, filter, 'finishedAt', query)
      return { ...page, items: await Promise.all(page.items.map(run => viewRun(run, plans))) }
    },
  )

  app.get(
    '/api/runs/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['runs'],
        summary: 'One run with its steps: what each node decided and why',
        params: IdParams,
        response: { 200: RunDetailShape },
      },
    },
    async ({ params }) => viewRunWithSteps(await runOf(params.id), plans),
  )

  app.post(
    '/api/runs/:id/retry',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['runs'],
        summary: 'Tries a failed run again, from the step that failed',
        params: IdParams,
        response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
      },
    },
    async ({ params }, reply) => {
      const run = await runOf(params.id)
      const token = run.tokens?.find(each => each.node === run.error?.node)
      if (run.status !== 'failed' || !token) throw new errors.RunNotFailed(run._id, run._id)
      const { workspace, order, lane, rev } = run
      // The revision makes two clicks one retry, and a retry after the next failure a new one.
      await intake.resume([
        {
          kind: 'retry',
          workspace,
          run: run._id,
          key: token.key,
          port: '',
          by: 'operator',
          order,
          lane,
          attempt: rev,
        },
      ])
      engine.wake()
      return reply.code(202).send({ status: 'accepted' as const })
    },
  )

  async function runOf(id: string): Promise<RunDoc> {
    const run = await store.runs.findById(id).lean()
    if (!run) throw new errors.NotFound('运行', id, 'run', id)
    return run
  }
}
