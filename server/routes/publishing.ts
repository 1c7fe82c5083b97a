import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import type { Api } from './api.ts'
import { withDetails } from './error-handler.ts'
import { findWorkflow } from './find-workflow.ts'
import { optionalBody } from './optional-body.ts'
import { IdParams, STRICT } from './shapes.ts'
import { problemsOf } from './workflow-view.ts'

const DUPLICATE_KEY = 11000

const SWITCHES = [
  {
    verb: 'pause',
    paused: true,
    summary: 'New events no longer start runs of this workflow; runs under way go on',
  },
  { verb: 'resume', paused: false, summary: 'The published version takes events again' },
] as const

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
        body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }, STRICT),
        response: { 200: Type.Object({ version: Type.Number() }) },
      },
    },
    async ({ params, body }) => {
      const doc = await findWorkflow(store, params.id)
      const wrong = problemsOf(doc.draft).filter(each => each.severity === 'error')
      if (wrong.length > 0) {
        const count = String(wrong.length)
        throw withDetails(new errors.WorkflowInvalid(count, count), { problems: wrong })
      }
      const version = await freeze(doc, body.note ?? '')
      await store.workflows.updateOne({ _id: doc._id }, { $max: { published: version } })
      await plans.refresh()
      engine.wake()
      return { version }
    },
  )

  for (const { verb, paused, summary } of SWITCHES)
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
        const doc = await findWorkflow(store, params.id)
        if (doc.published === undefined) throw new errors.NothingPublished(doc._id, doc._id)
        await store.workflows.updateOne({ _id: doc._id }, { $set: { paused } })
        await plans.refresh()
        engine.wake()
        return { paused }
      },
    )

  /** Two people publishing at once get two numbers: the store refuses the second use of one. */
  async function freeze(doc: WorkflowDoc, note: string): Promise<number> {
    const { workspace, _id: workflow, draft: graph } = doc
    for (;;) {
      const last = await store.versions.findOne({ workflow }, { version: 1 }).sort({ version: -1 }).lean()
      const version = (last?.version ?? 0) + 1
      const _id = `${workflow}@${version}`
      const frozen: VersionDoc = { _id, workspace, workflow, version, graph, note, publishedAt: new Date() }
      try {
        await store.versions.create(frozen)
        return version
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      }
    }
  }
}
