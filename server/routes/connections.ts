import { Type } from 'typebox'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Api } from './api.ts'
import { assembleConnection } from './assemble-connection.ts'
import type { ConnectionCache } from './connection-cache.ts'
import { ConnectionBody, ConnectionShape, viewConnection } from './connection-view.ts'
import { findConnection } from './find-connection.ts'
import { newId } from './new-id.ts'
import { pageById } from './page.ts'
import { listOf, NewId, PageQuery, STRICT } from './shapes.ts'

const DUPLICATE_KEY = 11000

export function connectionRoutes(
  app: Api,
  { store, schedule, places }: Services,
  cache: ConnectionCache,
): void {
  const params = Type.Object({ id: NewId })

  /** Intake, clock and engine keep what they know of connections. */
  async function tellOthers(connection: ConnectionDoc): Promise<void> {
    cache.forget(connection._id)
    await Promise.all([schedule.reschedule(connection), places.refresh()])
  }

  app.get(
    '/api/connections',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['connections'],
        summary: 'Connections',
        querystring: Type.Object(PageQuery, STRICT),
        response: { 200: listOf(ConnectionShape) },
      },
    },
    async ({ query }) => {
      const page = await pageById(store.connections, {}, query)
      return { ...page, items: page.items.map(viewConnection) }
    },
  )

  app.post(
    '/api/connections',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['connections'],
        summary: 'Adds a connection',
        body: Type.Object({ ...ConnectionBody.properties, id: Type.Optional(NewId) }, STRICT),
        response: { 201: ConnectionShape },
      },
    },
    async ({ body }, reply) => {
      const { id = newId('c'), ...fields } = body
      const connection = assembleConnection(id, fields)
      await store.connections.create(connection).catch((error: { code?: unknown }) => {
        if (error.code !== DUPLICATE_KEY) throw error
        throw new errors.Exists('连接', id, 'Connection', id)
      })
      await tellOthers(connection)
      return reply.code(201).send(viewConnection(connection))
    },
  )

  app.get(
    '/api/connections/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['connections'],
        summary: 'One connection',
        params,
        response: { 200: ConnectionShape },
      },
    },
    async request => viewConnection(await findConnection(store, request.params.id)),
  )

  app.put(
    '/api/connections/:id',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['connections'],
        summary: 'Changes a connection (fields not given stay as they are), or adds it under this id',
        params,
        body: ConnectionBody,
        response: { 200: ConnectionShape },
      },
    },
    async request => {
      const { id } = request.params
      const connection = assembleConnection(id, request.body, await store.connections.findById(id).lean())
      // What polling writes (lastPolledAt, lastError) is left alone.
      const { _id, lastPolledAt: _at, lastError: _error, ...fields } = connection
      await store.connections.updateOne({ _id }, { $set: fields }, { upsert: true })
      await tellOthers(connection)
      return viewConnection(connection)
    },
  )
}
