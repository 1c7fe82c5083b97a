import { Type } from 'typebox'
import type { Services } from '../services.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { WorkflowGraph } from '../workflow/workflow.ts'
import { addWorkflow } from './add-workflow.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { pageById } from './page.ts'
import { runsToday } from './runs-today.ts'
import { By, IdParams, Instant, listOf, NewId, PageQuery, STRICT, WorkflowName } from './shapes.ts'
import { PublishedShape, problemsOf, publishedOf, viewWorkflow, WorkflowShape } from './workflow-view.ts'

const SummaryShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  paused: Type.Boolean(),
  archived: Type.Boolean(),
  draftUpdatedAt: Instant,
  updatedBy: Type.Optional(Type.String()),
  published: Type.Optional(PublishedShape),
  problems: Type.Number(),
  runsToday: Type.Number(),
  failedToday: Type.Number(),
})

const NewWorkflow = Type.Object(
  {
    id: Type.Optional(NewId),
    name: WorkflowName,
    graph: Type.Optional(WorkflowGraph),
    by: By,
  },
  STRICT,
)

export function workflowRoutes(app: Api, { store }: Services): void {
  const today = runsToday(store)

  app.get(
    '/api/workflows',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Workflows with what is published, what is wrong with the draft, and what ran today',
        querystring: Type.Object({ ...PageQuery, archived: Type.Optional(Type.Boolean()) }, STRICT),
        response: { 200: listOf(SummaryShape) },
      },
    },
    async ({ query }) => {
      const page = await pageById(store.workflows, { archived: query.archived ? true : { $ne: true } }, query)
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
          archived: doc.archived === true,
          draftUpdatedAt: doc.draftUpdatedAt.toISOString(),
          ...(doc.updatedBy ? { updatedBy: doc.updatedBy } : {}),
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
        body: NewWorkflow,
        response: { 201: WorkflowShape },
      },
    },
    async ({ body }, reply) => {
      const doc = await addWorkflow(store, body)
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
      const doc = await findWorkflow(store, params.id)
      return viewWorkflow(doc, await store.versions.findById(liveVersionId(doc)).lean())
    },
  )
}

const liveVersionId = (doc: WorkflowDoc) => `${doc._id}@${doc.published ?? 0}`
