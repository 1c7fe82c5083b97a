import { Type } from 'typebox'
import { pausing, resuming } from '../control/catch-up.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import { runCases } from '../simulate/run-case.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import type { Api } from './api.ts'
import { draftChanged } from './drafts.ts'
import { withDetails } from './error-handler.ts'
import { findVersion, VersionParams } from './find-version.ts'
import { findWorkflow } from './find-workflow.ts'
import { freezeVersion } from './freeze-version.ts'
import { casesOf } from './keep-case.ts'
import { optionalBody } from './optional-body.ts'
import { By, IdParams, STRICT } from './shapes.ts'
import { planToTry } from './trial.ts'

const Note = Type.Optional(Type.String({ maxLength: 500 }))

const Publish = Type.Object(
  {
    note: Note,
    by: By,
    /** Revision of the draft that was looked at; the draft as it is where absent. */
    rev: Type.Optional(Type.Integer({ minimum: 0 })),
    despiteCases: Type.Optional(Type.Boolean()),
  },
  STRICT,
)

const Republish = Type.Object({ note: Note, by: By }, STRICT)

const NamedCases = 5

const SWITCHES = [
  {
    verb: 'pause',
    paused: true,
    summary: 'Orders that come wait for the workflow to be resumed; runs under way go on',
  },
  {
    verb: 'resume',
    paused: false,
    summary: 'The published version takes events again, those first that came while it was paused',
  },
] as const

export function publishingRoutes(app: Api, { store, plans, engine, intake, control }: Services): void {
  app.post(
    '/api/workflows/:id/publish',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary:
          'Freezes the draft as the next version and makes it live; refused with every error it has, and with the cases that fail',
        params: IdParams,
        body: Publish,
        response: { 200: Type.Object({ version: Type.Number() }) },
      },
    },
    async ({ params, body: { note = '', by = '', rev, despiteCases } }) => {
      const doc = await findWorkflow(store, params.id)
      if (doc.archived) throw new errors.WorkflowArchived(doc.name, doc.name)
      if (rev !== undefined && rev !== doc.draftRev) throw draftChanged(doc)
      const plan = planToTry(doc, doc.draft)
      if (!despiteCases) {
        const results = await runCases(plan, await casesOf(store, doc._id))
        const failed = results.filter(each => !each.passed)
        if (failed.length > 0) throw casesFailed(failed)
      }
      return publish(doc, { graph: doc.draft, note, by })
    },
  )

  app.post(
    '/api/workflows/:id/versions/:version/republish',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary: 'Rolls back in one step: an earlier version goes live again as a new one; the draft stays',
        params: VersionParams,
        body: Republish,
        response: { 200: Type.Object({ version: Type.Number() }) },
      },
    },
    async ({ params, body: { note = '', by = '' } }) => {
      const doc = await findWorkflow(store, params.id)
      if (doc.archived) throw new errors.WorkflowArchived(doc.name, doc.name)
      const { graph } = await findVersion(store, doc._id, params.version)
      planToTry(doc, graph)
      return publish(doc, { graph, note, by })
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
        if (doc.archived && !paused) throw new errors.WorkflowArchived(doc.name, doc.name)
        const now = new Date()
        const change = paused ? pausing(doc, now, (await intake.backlog()).oldestAgeMs) : resuming(doc, now)
        await store.workflows.updateOne({ _id: doc._id }, change)
        await plans.refresh()
        engine.wake()
        // What came meanwhile may be much; it is sent on behind this answer, also if the process ends.
        if (!paused)
          control.catchUp.look().catch(error => app.log.error({ err: error }, 'catching up failed'))
        return { paused }
      },
    )

  async function publish(
    { _id: workflow, workspace }: WorkflowDoc,
    what: Pick<Parameters<typeof freezeVersion>[1], 'graph' | 'note' | 'by'>,
  ): Promise<{ version: number }> {
    const version = await freezeVersion(store, { workspace, workflow, ...what })
    await plans.refresh()
    engine.wake()
    return { version }
  }
}

function casesFailed(failed: Awaited<ReturnType<typeof runCases>>) {
  const names = failed.slice(0, NamedCases).map(each => each.name)
  const told = names.join('、') + (failed.length > names.length ? '…' : '')
  const count = String(failed.length)
  return withDetails(new errors.CasesFailed(count, told, count, told), { cases: failed })
}
