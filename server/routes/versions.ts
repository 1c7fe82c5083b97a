import { Type } from 'typebox'
import type { DraftNews } from '../live/draft-news.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { findVersion, VersionParams } from './find-version.ts'
import { findWorkflow } from './find-workflow.ts'
import { optionalBody } from './optional-body.ts'
import { parkedRuns } from './parked-runs.ts'
import { By, IdParams, listOf, STRICT } from './shapes.ts'
import {
  PublishedShape,
  publishedOf,
  VersionShape,
  viewVersion,
  viewWorkflow,
  WorkflowShape,
} from './workflow-view.ts'

const MAX_VERSIONS = 200

export function versionRoutes(app: Api, { store }: Services, news: DraftNews): void {
  app.get(
    '/api/workflows/:id/versions',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Published versions, newest first (the last 200), with the runs that wait on each',
        params: IdParams,
        response: {
          200: listOf(Type.Object({ ...PublishedShape.properties, parked: Type.Number() })),
        },
      },
    },
    async ({ params }) => {
      const { _id: workflow } = await findWorkflow(store, params.id)
      const newest = await store.versions
        .find({ workflow }, { graph: 0 })
        .sort({ version: -1 })
        .limit(MAX_VERSIONS)
        .lean()
      const numbers = newest.map(each => each.version)
      const parked = await parkedRuns(store, workflow, numbers)
      return {
        items: newest.map(each => ({ ...publishedOf(each), parked: parked.get(each.version) ?? 0 })),
      }
    },
  )

  app.get(
    '/api/workflows/:id/versions/:version',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'One version with what its cards and edges say',
        params: VersionParams,
        response: { 200: VersionShape },
      },
    },
    async ({ params }) => viewVersion(await findVersion(store, params.id, params.version)),
  )

  app.post(
    '/api/workflows/:id/versions/:version/restore',
    {
      config: { role: 'builder' },
      preValidation: optionalBody,
      schema: {
        tags: ['workflows'],
        summary: 'Makes an earlier version the draft; what is live stays as it is',
        params: VersionParams,
        body: Type.Object({ by: By }, STRICT),
        response: { 200: WorkflowShape },
      },
    },
    async ({ params, body: { by = '' } }) => {
      const { graph } = await findVersion(store, params.id, params.version)
      await store.workflows.updateOne(
        { _id: params.id },
        { $set: { draft: graph, draftUpdatedAt: new Date(), updatedBy: by }, $inc: { draftRev: 1 } },
      )
      const doc = await findWorkflow(store, params.id)
      news.saved({ workflow: doc._id, rev: doc.draftRev, by })
      return viewWorkflow(doc, await store.versions.findById(`${doc._id}@${doc.published ?? 0}`).lean())
    },
  )
}
