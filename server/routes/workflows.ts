import { Type } from 'typebox'
import { errors } from '../errors.ts'
import { type Services, WORKSPACE } from '../services.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { WorkflowGraph } from '../workflow/workflow.ts'
import { dayOf } from '../world/day.ts'
import { adaptivelyCached } from './adaptive-cache.ts'
import type { Api } from './api.ts'
import { newId } from './new-id.ts'
import { optionalBody } from './optional-body.ts'
import { pageById } from './page.ts'
import { IdParams, Instant, listOf, NewId, PageQuery, ProblemShape, STRICT } from './shapes.ts'
import { PublishedShape, problemsOf, publishedOf, viewWorkflow, WorkflowShape } from './workflow-view.ts'

const DUPLICATE_KEY = 11000

const SummaryShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  paused: Type.Boolean(),
  draftUpdatedAt: Instant,
  published: Type.Optional(PublishedShape),
  problems: Type.Number(),
  runsToday: Type.Number(),
  failedToday: Type.Number(),
})

export function workflowRoutes(app: Api, { store }: Services): void {
  const today = adaptivelyCached(async () => {
    const groups = await store.runs.aggregate<{ _id: { workflow: string; status: string }; count: number }>([
      { $match: { finishedAt: { $gte: startOfToday() } } },
      { $group: { _id: { workflow: '$workflow', status: '$status' }, count: { $sum: 1 } } },
    ])
    const counts = new Map<string, { runs: number; failed: number }>()
    for (const { _id, count } of groups) {
      const known = counts.get(_id.workflow) ?? { runs: 0, failed: 0 }
      const failed = known.failed + (_id.status === 'failed' ? count : 0)
      counts.set(_id.workflow, { runs: known.runs + count, failed })
    }
    return counts
  })

  app.get(
    '/api/workflows',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Workflows with what is published, what is wrong with the draft, and what ran today',
        querystring: Type.Object(PageQuery, STRICT),
        response: { 200: listOf(SummaryShape) },
      },
    },
    async ({ query }) => {
      const page = await pageById(store.workflows, {}, query)
      const [versions, counts] = await Promise.all([
        store.versions.find({ _id: { $in: page.items.map(liveVersionId) } }, { graph: 0 }).lean(),
        today(),
      ])
      const live = new Map(versions.map(each => [each._id, each]))
      const items = page.items.map(doc => {
        const version = live.get(liveVersionId(doc))
        return {
          id: doc._id,
          name: doc.name,
          paused: doc.paused,
          draftUpdatedAt: doc.draftUpdatedAt.toISOString(),
          ...(version ? { published: publishedOf(version) } : {}),
          problems: problemsOf(doc.draft).length,
          runsToday: counts.get(doc._id)?.runs ?? 0,
          failedToday: counts.get(doc._id)?.failed ?? 0,
        }
      })
      return { ...page, items }
    },
  )

  app.post(
    '/api/workflows',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'A new workflow, with a first draft or an empty one',
        body: Type.Object(
          {
            id: Type.Optional(NewId),
            name: Type.String({ minLength: 1, maxLength: 120 }),
            graph: Type.Optional(WorkflowGraph),
          },
          { additionalProperties: false },
        ),
        response: { 201: WorkflowShape },
      },
    },
    async ({ body }, reply) => {
      const now = new Date()
      const doc: WorkflowDoc = {
        _id: body.id ?? newId('wf'),
        workspace: WORKSPACE,
        name: body.name,
        draft: body.graph ?? { nodes: [], edges: [] },
        draftRev: 1,
        draftUpdatedAt: now,
        paused: false,
        createdAt: now,
      }
      await store.workflows.create(doc).catch((error: { code?: unknown }) => {
        if (error.code !== DUPLICATE_KEY) throw error
        throw new errors.Exists('流程', doc._id, 'Workflow', doc._id)
      })
      return reply.code(201).send(viewWorkflow(doc, null))
    },
  )

  app.get(
    '/api/workflows/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'One workflow with its draft',
        params: IdParams,
        response: { 200: WorkflowShape },
      },
    },
    async ({ params }) => {
      const doc = await workflowOf(params.id)
      return viewWorkflow(doc, await store.versions.findById(liveVersionId(doc)).lean())
    },
  )

  app.put(
    '/api/workflows/:id/draft',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Saves the draft; refused when somebody saved it since revision `rev`',
        params: IdParams,
        body: Type.Object(
          {
            graph: WorkflowGraph,
            rev: Type.Integer({ minimum: 0 }),
            name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ rev: Type.Number(), problems: Type.Array(ProblemShape) }) },
      },
    },
    async ({ params, body }) => {
      const { graph, rev, name } = body
      const changes = { draft: graph, draftUpdatedAt: new Date(), ...(name === undefined ? {} : { name }) }
      const saved = await store.workflows
        .findOneAndUpdate(
          { _id: params.id, draftRev: rev },
          { $set: changes, $inc: { draftRev: 1 } },
          { returnDocument: 'after' },
        )
        .lean()
      if (saved) return { rev: saved.draftRev, problems: problemsOf(graph) }
      const now = String((await workflowOf(params.id)).draftRev)
      throw new errors.DraftChanged(now, now)
    },
  )

  app.post(
    '/api/workflows/:id/check',
    {
      config: { role: 'viewer' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary: 'Every problem of the draft, or of the graph given',
        params: IdParams,
        body: Type.Optional(
          Type.Object({ graph: Type.Optional(WorkflowGraph) }, { additionalProperties: false }),
        ),
        response: { 200: Type.Object({ problems: Type.Array(ProblemShape) }) },
      },
    },
    async ({ params, body }) => {
      const doc = await workflowOf(params.id)
      return { problems: problemsOf(body.graph ?? doc.draft) }
    },
  )

  async function workflowOf(id: string): Promise<WorkflowDoc> {
    const found = await store.workflows.findById(id).lean()
    if (!found) throw new errors.NotFound('流程', id, 'workflow', id)
    return found
  }
}

const liveVersionId = (doc: WorkflowDoc) => `${doc._id}@${doc.published ?? 0}`

/** Days are Shanghai days; China keeps one offset all year. */
const startOfToday = () => new Date(`${dayOf(new Date())}T00:00:00+08:00`)
