import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** The API described by the schemas it validates with, at /docs; each operation says the role it needs. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '织单 Orderloom',
        version,
        description:
          'Orders in, explained decisions out. Errors are `{ code, message, details? }`, lists `{ items, next? }` with `?cursor=&limit=` (at most 200 at once).',
      },
    },
    transform({ schema, url, route }) {
      return { schema: { ...schema, 'x-role': route.config?.role }, url }
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
}
