import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { DraftNews } from '../live/draft-news.ts'
import type { Services } from '../services.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { WorkflowGraph } from '../workflow/workflow.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { findWorkflow } from './find-workflow.ts'
import { optionalBody } from './optional-body.ts'
import { By, IdParams, ProblemShape, STRICT, WorkflowName } from './shapes.ts'
import { problemsOf } from './workflow-view.ts'

const Draft = Type.Object(
  {
    graph: WorkflowGraph,
    rev: Type.Integer({ minimum: 0 }),
    name: Type.Optional(WorkflowName),
    by: By,
  },
  STRICT,
)

export function draftRoutes(app: Api, { store, plans }: Services, news: DraftNews): void {
  app.put(
    '/api/workflows/:id/draft',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Saves the draft; refused when somebody saved it since revision `rev`',
        params: IdParams,
        body: Draft,
        response: { 200: Type.Object({ rev: Type.Number(), problems: Type.Array(ProblemShape) }) },
      },
    },
    async ({ params, body }) => {
      const { graph, rev, name, by = '' } = body
      const changes = {
        draft: graph,
        draftUpdatedAt: new Date(),
        updatedBy: by,
        ...(name === undefined ? {} : { name }),
      }
      const saved = await store.workflows
        .findOneAndUpdate(
          { _id: params.id, draftRev: rev },
          { $set: changes, $inc: { draftRev: 1 } },
          { returnDocument: 'after', projection: { draftRev: 1 } },
        )
        .lean()
      if (!saved) throw draftChanged(await findWorkflow(store, params.id))
      news.saved({ workflow: params.id, rev: saved.draftRev, by })
      if (name !== undefined) await plans.refresh()
      return { rev: saved.draftRev, problems: problemsOf(graph) }
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
        body: Type.Object({ graph: Type.Optional(WorkflowGraph) }, STRICT),
        response: { 200: Type.Object({ problems: Type.Array(ProblemShape) }) },
      },
    },
    async ({ params, body }) => {
      const doc = await findWorkflow(store, params.id)
      return { problems: problemsOf(body.graph ?? doc.draft) }
    },
  )
}

/** The refusal of a draft somebody saved meanwhile, with what they saved. */
export function draftChanged({ draftRev, draft, updatedBy }: WorkflowDoc) {
  const rev = String(draftRev)
  return withDetails(new errors.DraftChanged(rev, rev), { rev: draftRev, graph: draft, by: updatedBy ?? '' })
}
