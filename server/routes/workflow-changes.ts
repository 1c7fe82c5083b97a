import { Type } from 'typebox'
import type { Services } from '../services.ts'
import { addWorkflow } from './add-workflow.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { newId } from './new-id.ts'
import { optionalBody } from './optional-body.ts'
import { By, IdParams, STRICT, WorkflowName } from './shapes.ts'
import { viewWorkflow, WorkflowShape } from './workflow-view.ts'

const Changes = Type.Object(
  { name: Type.Optional(WorkflowName), archived: Type.Optional(Type.Boolean()), by: By },
  STRICT,
)

export function workflowChangeRoutes(app: Api, { store, plans }: Services): void {
  app.patch(
    '/api/workflows/:id',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'Renames a workflow, archives it (it stops taking events) or brings it back (still paused)',
        params: IdParams,
        body: Changes,
        response: { 200: WorkflowShape },
      },
    },
    async ({ params, body: { name, archived, by } }) => {
      const changes = {
        ...(by === undefined ? {} : { updatedBy: by }),
        ...(name === undefined ? {} : { name }),
        ...(archived === undefined ? {} : { archived }),
        ...(archived ? { paused: true } : {}),
      }
      const { archived: wasArchived, published } = await findWorkflow(store, params.id)
      const now = new Date()
      const isBack = wasArchived === true && archived === false && published !== undefined
      await store.workflows.updateOne(
        { _id: params.id },
        {
          $set: { ...changes, ...(isBack && { held: { since: now, from: now } }) },
          // Nothing waits for what was put away.
          ...(archived && { $unset: { held: 1, catchUp: 1 } }),
        },
      )
      await plans.refresh()
      const doc = await findWorkflow(store, params.id)
      return viewWorkflow(doc, await store.versions.findById(`${doc._id}@${doc.published ?? 0}`).lean())
    },
  )

  app.post(
    '/api/workflows/:id/duplicate',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary: 'A copy with the draft and its cases; nothing of it is published',
        params: IdParams,
        body: Type.Object({ name: Type.Optional(WorkflowName), by: By }, STRICT),
        response: { 201: WorkflowShape },
      },
    },
    async ({ params, body: { name, by } }, reply) => {
      const original = await findWorkflow(store, params.id)
      const copy = await addWorkflow(store, {
        name: name ?? `${original.name.slice(0, 110)} 副本`,
        graph: original.draft,
        by,
      })
      const cases = await store.cases.find({ workflow: original._id }).lean()
      await store.cases.insertMany(cases.map(each => ({ ...each, _id: newId('case'), workflow: copy._id })))
      return reply.code(201).send(viewWorkflow(copy, null))
    },
  )
}
