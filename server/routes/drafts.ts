import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import { WorkflowGraph } from '../workflow/workflow.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { optionalBody } from './optional-body.ts'
import { IdParams, ProblemShape, STRICT } from './shapes.ts'
import { problemsOf } from './workflow-view.ts'

const Draft = Type.Object(
  {
    graph: WorkflowGraph,
    rev: Type.Integer({ minimum: 0 }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  },
  STRICT,
)

export function draftRoutes(app: Api, { store }: Services): void {
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
      const now = String((await findWorkflow(store, params.id)).draftRev)
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
