import type { QueryFilter } from 'mongoose'
import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { ResumeRequest } from '../intake/intake.ts'
import type { Services } from '../services.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Api } from './api.ts'
import { findRuns, RunQuery } from './find-runs.ts'
import { RunDetailShape, RunShape, viewRun, viewRunWithSteps } from './run-view.ts'
import { IdParams, listOf, NewId, STRICT } from './shapes.ts'

/** Runs sent on their way again by one request. */
const MOST_RETRIED = 1_000

const RetryMany = Type.Object(
  {
    workflow: NewId,
    /** Node at which they failed. */
    node: Type.Optional(Type.String({ maxLength: 64 })),
    /** Code of the error they failed with. */
    code: Type.Optional(Type.String({ maxLength: 120 })),
  },
  STRICT,
)

export function runRoutes(app: Api, { store, plans, places, intake, engine }: Services): void {
  app.get(
    '/api/runs',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['runs'],
        summary:
          'Runs, the last finished first, each told in one sentence; a page may be short and still have a next',
        querystring: RunQuery,
        response: { 200: listOf(RunShape) },
      },
    },
    async ({ query }) => {
      const page = await findRuns(store, places.connectionIds, query)
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
      const request = retryOf(run)
      if (!request) throw new errors.RunNotFailed(run._id, run._id)
      await intake.resume([request])
      engine.wake()
      return reply.code(202).send({ status: 'accepted' as const })
    },
  )

  app.post(
    '/api/runs/retry',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['runs'],
        summary: 'Tries all failed runs of a workflow again (at most 1,000 at once), or those of one failure',
        body: RetryMany,
        response: { 202: Type.Object({ accepted: Type.Number(), left: Type.Number() }) },
      },
    },
    async ({ body: { workflow, node, code } }, reply) => {
      const filter: QueryFilter<RunDoc> = { status: 'failed', workflow }
      if (node !== undefined) filter['error.node'] = node
      if (code !== undefined) filter['error.code'] = code
      const [failed, count] = await Promise.all([
        store.runs.find(filter).sort({ finishedAt: 1 }).limit(MOST_RETRIED).lean(),
        store.runs.countDocuments(filter),
      ])
      const requests = failed.flatMap(run => retryOf(run as RunDoc) ?? [])
      await intake.resume(requests)
      engine.wake()
      return reply.code(202).send({ accepted: requests.length, left: Math.max(0, count - failed.length) })
    },
  )

  async function runOf(id: string): Promise<RunDoc> {
    const run = await store.runs.findById(id).lean()
    if (!run) throw new errors.NotFound('运行', id, 'run', id)
    return run
  }
}

/** What sends a failed run on its way again from the step that failed; undefined for one that has not failed. */
function retryOf(run: RunDoc): ResumeRequest | undefined {
  const token = run.tokens?.find(each => each.node === run.error?.node)
  if (run.status !== 'failed' || !token) return undefined
  const { _id, workspace, order, lane, rev: attempt } = run
  // The revision makes two clicks one retry, and a retry after the next failure a new one.
  return {
    kind: 'retry',
    workspace,
    run: _id,
    key: token.key,
    port: '',
    by: 'operator',
    order,
    lane,
    attempt,
  }
}
