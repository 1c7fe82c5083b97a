import { Type } from 'typebox'
import { faultOf } from '../connections/note-fault.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import type { ConnectionCache } from './connection-cache.ts'
import { NewId } from './shapes.ts'

const MAX_PUSH_BYTES = 2 * 1024 * 1024

/**
 * GET and POST /api/push/:connection: where platforms push. What it says is checked by the connector and durable
 * before the platform is answered; what it names is read again afterwards.
 */
export function pushRoutes(app: Api, services: Services, cache: ConnectionCache): void {
  const { connections, intake } = services
  // Signatures are made over what was sent, byte for byte.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_PUSH_BYTES }, (_request, body, done) =>
    done(null, body),
  )
  app.route({
    method: ['GET', 'POST'],
    url: '/api/push/:connection',
    // Anybody may call: who it was is told by the signature.
    config: { role: 'operator', fromOutside: true },
    schema: {
      tags: ['intake'],
      summary: 'Where a platform pushes to; answered in its own words once what it said is durable',
      params: Type.Object({ connection: NewId }),
    },
    async handler(request, reply) {
      const { connection: id } = request.params as { connection: string }
      const connection = await cache.find(id)
      const connector = connections.desk.connectorOf(connection)
      if (!connector?.push) throw new errors.CannotPush(id, id)
      if (!connection.enabled) throw new errors.ConnectionPaused(id, id)
      const context = await connections.desk.pushContext(connection)
      const answer = connector.push(
        {
          method: request.method === 'GET' ? 'GET' : 'POST',
          query: textsOf(request.query as Record<string, unknown>),
          headers: textsOf(request.headers),
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        },
        context,
      )
      if (answer.refused !== undefined)
        request.log.warn({ connection: id, why: answer.refused }, 'a push was refused')
      const { documents = [], wanted = [], parcels = [] } = answer
      await Promise.all([
        documents.length > 0 ? intake.accept(connection, documents) : undefined,
        connections.wanted.want(connection, wanted),
        parcels.length > 0 ? connections.recordParcels(parcels) : undefined,
      ])
      if (wanted.length > 0) connections.wanted.wake()
      return reply.code(answer.reply.status).type(answer.reply.contentType).send(answer.reply.body)
    },
    errorHandler(error, request, reply) {
      // The platform sends it again: nothing was taken.
      request.log.warn({ err: error, why: faultOf(error).zh }, 'a push was not taken')
      const status = (error as { statusCode?: number }).statusCode ?? 503
      reply.code(status < 500 ? status : 503).send({ code: 'NOT_TAKEN' })
    },
  })
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : String(value)]],
    ),
  )
}
