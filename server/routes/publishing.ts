import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { optionalBody } from './optional-body.ts'
import { IdParams, listOf } from './shapes.ts'
import { PublishedShape, problemsOf, publishedOf, VersionShape, viewVersion } from './workflow-view.ts'

const DUPLICATE_KEY = 11000
const MAX_VERSIONS = 200

export function publishingRoutes(app: Api, { store, plans, engine }: Services): void {
  app.post(
    '/api/workflows/:id/publish',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary:
          'Freezes the draft as the next version and makes it live; refused with every error it still has',
        params: IdParams,
        body: Type.Object(
          { note: Type.Optional(Type.String({ maxLength: 500 })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ version: Type.Number() }) },
      },
    },
    async ({ params, body }) => {
      const doc = await workflowOf(params.id)
      const wrong = problemsOf(doc.draft).filter(each => each.severity === 'error')
      if (wrong.length > 0)
        throw withDetails(new errors.WorkflowInvalid(String(wrong.length), String(wrong.length)), {
          problems: wrong,
        })
      const version = await freeze(doc, body.note ?? '')
      await store.workflows.updateOne({ _id: doc._id }, { $set: { published: version } })
      await plans.refresh()
      engine.wake()
      return { version }
    },
  )

  for (const [verb, paused, summary] of [
    ['pause', true, 'New events no longer start runs of this workflow; runs under way go on'],
    ['resume', false, 'The published version takes events again'],
  ] as const)
    app.post(
      `/api/workflows/:id/${verb}`,
      {
        config: { role: 'builder' },
        schema: {
          tags: ['workflows'],
          summary,
          params: IdParams,
          response: { 200: Type.Object({ paused: Type.Boolean() }) },
        },
      },
      async ({ params }) => {
        const doc = await workflowOf(params.id)
        if (doc.published === undefined) throw new errors.NothingPublished(doc._id, doc._id)
        await store.workflows.updateOne({ _id: doc._id }, { $set: { paused } })
        await plans.refresh()
        engine.wake()
        return { paused }
      },
    )

  app.get(
    '/api/workflows/:id/versions',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Published versions, newest first',
        params: IdParams,
        response: { 200: listOf(PublishedShape) },
      },
    },
    async ({ params }) => {
      const { _id: workflow } = await workflowOf(params.id)
      const found = await store.versions
        .find({ workflow }, { graph: 0 })
        .sort({ version: -1 })
        .limit(MAX_VERSIONS)
        .lean()
      return { items: found.map(publishedOf) }
    },
  )

  app.get(
    '/api/workflows/:id/versions/:version',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'One version with what its cards and edges say',
        params: Type.Object({
          ...IdParams.properties,
          version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
        }),
        response: { 200: VersionShape },
      },
    },
    async ({ params }) => {
      const id = `${params.id}@${params.version}`
      const found = await store.versions.findById(id).lean()
      if (!found) throw new errors.NotFound('版本', id, 'version', id)
      return viewVersion(found)
    },
  )

  async function workflowOf(id: string): Promise<WorkflowDoc> {
    const found = await store.workflows.findById(id).lean()
    if (!found) throw new errors.NotFound('流程', id, 'workflow', id)
    return found
  }

  /** Two people publishing at once get two numbers: the store refuses the second use of one. */
  async function freeze(doc: WorkflowDoc, note: string): Promise<number> {
    const { workspace, _id: workflow, draft: graph } = doc
    for (;;) {
      const last = await store.versions.findOne({ workflow }, { version: 1 }).sort({ version: -1 }).lean()
      const version = (last?.version ?? 0) + 1
      const frozen: VersionDoc = {
        _id: `${workflow}@${version}`,
        workspace,
        workflow,
        version,
        graph,
        note,
        publishedAt: new Date(),
      }
      try {
        await store.versions.create(frozen)
        return version
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      }
    }
  }
}
