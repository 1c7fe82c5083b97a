import { Type } from 'typebox'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { BufferWarningShape } from './shapes.ts'

export function healthRoutes(app: Api, services: Services, version: string): void {
  const began = Date.now()
  app.get(
    '/api/health',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['system'],
        summary: 'Whether the server is up, on which store, and what people should know of its set-up',
        response: {
          200: Type.Object({
            status: Type.Literal('ok'),
            version: Type.String(),
            store: Type.Union([Type.Literal('embedded'), Type.Literal('mongodb')]),
            buffer: Type.Union([Type.Literal('store'), Type.Literal('redis')]),
            warnings: Type.Array(BufferWarningShape),
            uptimeMs: Type.Number(),
          }),
        },
      },
    },
    async () => {
      // A server that cannot reach its store is not healthy.
      await services.store.connection.db!.command({ ping: 1 })
      return {
        status: 'ok' as const,
        version,
        store: services.config.mongoUri ? ('mongodb' as const) : ('embedded' as const),
        buffer: services.config.redisUrl ? ('redis' as const) : ('store' as const),
        warnings: [...services.buffer.warnings()],
        uptimeMs: Date.now() - began,
      }
    },
  )
}
