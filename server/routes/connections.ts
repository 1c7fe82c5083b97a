import { Type } from 'typebox'
import { clearFault } from '../connections/note-fault.ts'
import { errors } from '../errors.ts'
import type { Services } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Api } from './api.ts'
import { assembleConnection, demandCredentials } from './assemble-connection.ts'
import { viewAccess } from './connection-access-view.ts'
import type { ConnectionCache } from './connection-cache.ts'
import { ConnectionBody, ConnectionShape, viewConnection } from './connection-view.ts'
import { findConnection } from './find-connection.ts'
import { newId } from './new-id.ts'
import { pageById } from './page.ts'
import { listOf, NewId, PageQuery, STRICT } from './shapes.ts'

const DUPLICATE_KEY = 11000

export function connectionRoutes(
  app: Api,
  { store, schedule, places, connections, config }: Services,
  cache: ConnectionCache,
): void {
  const { secrets, desk } = connections
  const params = Type.Object({ id: NewId })

  /** Intake, clock and engine keep what they know of connections. */
  async function tellOthers(connection: ConnectionDoc): Promise<void> {
    cache.forget(connection._id)
    await Promise.all([schedule.reschedule(connection), places.refresh()])
  }

  async function view(documents: readonly ConnectionDoc[], host: string | undefined) {
    const known = await secrets.known(documents.map(({ _id }) => _id))
    const baseUrl = config.publicUrl ?? `http://${host}`
    return documents.map(each =>
      viewConnection(each, viewAccess(each._id, desk.connectorOf(each), known.get(each._id), baseUrl)),
    )
  }
  const viewOne = async (connection: ConnectionDoc, host: string | undefined) =>
    (await view([connection], host))[0]!

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
    async ({ query, headers }) => {
      const page = await pageById(store.connections, {}, query)
      return { ...page, items: await view(page.items, headers.host) }
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
    async ({ body, headers }, reply) => {
      const { id = newId('c'), credentials, ...fields } = body
      const connection = assembleConnection(id, fields)
      demandCredentials(connection, credentials)
      await store.connections.create(connection).catch((error: { code?: unknown }) => {
        if (error.code !== DUPLICATE_KEY) throw error
        throw new errors.Exists('连接', id, 'Connection', id)
      })
      if (credentials) await secrets.change(id, credentials)
      await tellOthers(connection)
      return reply.code(201).send(await viewOne(connection, headers.host))
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
    async ({ params, headers }) => viewOne(await findConnection(store, params.id), headers.host),
  )

  app.delete(
    '/api/connections/:id',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['connections'],
        summary: 'Removes a connection nothing ever came by; others are switched off instead',
        params,
        response: { 204: Type.Null() },
      },
    },
    async ({ params: { id } }, reply) => {
      const connection = await findConnection(store, id)
      const ours = { $gte: `${id}:`, $lt: `${id};` }
      const used = await Promise.all([
        store.orders.exists({ _id: ours }),
        store.events.exists({ _id: ours }),
        store.outbox.exists({ connection: id }),
      ])
      if (used.some(Boolean)) throw new errors.ConnectionInUse(connection.name, connection.name)
      await Promise.all([
        store.connections.deleteOne({ _id: id }),
        secrets.forget(id),
        store.cursors.deleteMany({ connection: id }),
        store.wanted.deleteMany({ connection: id }),
      ])
      await tellOthers({ ...connection, enabled: false })
      return reply.code(204).send(null)
    },
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
    async ({ params: { id }, body, headers }) => {
      const { credentials, ...given } = body
      const connection = assembleConnection(id, given, await store.connections.findById(id).lean())
      demandCredentials(connection, credentials)
      // What polling writes is left alone.
      const { _id, lastPolledAt: _at, lastError: _error, fault: _fault, ...fields } = connection
      if (credentials) await secrets.change(id, credentials)
      await store.connections.updateOne({ _id }, { $set: fields }, { upsert: true })
      // What was wrong was said of the old ones.
      if (credentials) await clearFault(store, id)
      await tellOthers(connection)
      return viewOne(await findConnection(store, id), headers.host)
    },
  )
}
