import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { findWorkflow } from './find-workflow.ts'
import { IdParams, listOf } from './shapes.ts'
import { PublishedShape, publishedOf, VersionShape, viewVersion } from './workflow-view.ts'

const MAX_VERSIONS = 200

export function versionRoutes(app: Api, { store }: Services): void {
  app.get(
    '/api/workflows/:id/versions',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Published versions, newest first (the last 200)',
        params: IdParams,
        response: { 200: listOf(PublishedShape) },
      },
    },
    async ({ params }) => {
      const { _id: workflow } = await findWorkflow(store, params.id)
      const newest = store.versions.find({ workflow }, { graph: 0 }).sort({ version: -1 }).limit(MAX_VERSIONS)
      return { items: (await newest.lean()).map(publishedOf) }
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
}
