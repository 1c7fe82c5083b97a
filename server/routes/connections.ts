import { type Static, Type } from 'typebox'
import { settingsProblems } from '../../connectors/check-settings.ts'
import { connectors } from '../../connectors/index.ts'
import { errors } from '../errors.ts'
import { type Services, WORKSPACE } from '../services.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Api } from './api.ts'
import { ConnectionBody, ConnectionShape, viewConnection } from './connection-view.ts'
import { findConnection } from './find-connection.ts'
import { newId } from './new-id.ts'
import { pageById } from './page.ts'
import { listOf, NewId, PageQuery, STRICT, TextShape } from './shapes.ts'

const DUPLICATE_KEY = 11000

export function connectionRoutes(app: Api, { store, schedule, places }: Services): void {
  app.get(
    '/api/connectors',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['connections'],
        summary: 'Kinds of connection, each with the JSON Schema of its settings',
        response: {
          200: listOf(
            Type.Object({
              id: Type.String(),
              name: TextShape,
              title: TextShape,
              polls: Type.Boolean(),
              settings: Type.Unknown(),
            }),
          ),
        },
      },
    },
    async () => ({
      items: [...connectors.values()].map(({ id, name, title, settings, poll }) => ({
        id,
        name,
        title,
        settings,
        polls: poll !== undefined,
      })),
    }),
  )

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
        body: Type.Object(
          { ...ConnectionBody.properties, id: Type.Optional(NewId) },
          { additionalProperties: false },
        ),
        response: { 201: ConnectionShape },
      },
    },
    async ({ body }, reply) => {
      const { id = newId('c'), ...fields } = body
      const connection = assemble(id, fields)
      await store.connections.create(connection).catch((error: { code?: unknown }) => {
        if (error.code !== DUPLICATE_KEY) throw error
        throw new errors.Exists('连接', id, 'Connection', id)
      })
      await Promise.all([schedule.reschedule(connection), places.refresh()])
      return reply.code(201).send(viewConnection(connection))
    },
  )

  const params = Type.Object({ id: NewId })

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
      const known = await store.connections.findById(id).lean()
      const connection = assemble(id, request.body, known ?? undefined)
      // What polling writes (lastPolledAt, lastError) is left alone.
      const { _id, lastPolledAt: _at, lastError: _error, ...fields } = connection
      await store.connections.updateOne({ _id }, { $set: fields }, { upsert: true })
      await Promise.all([schedule.reschedule(connection), places.refresh()])
      return viewConnection(connection)
    },
  )

  app.post(
    '/api/connections/:id/poll',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['connections'],
        summary: 'Polls a connection now instead of at its next time',
        params,
        response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
      },
    },
    async (request, reply) => {
      const connection = await findConnection(store, request.params.id)
      const { _id: id, enabled } = connection
      if (!enabled) throw new errors.ConnectionPaused(id, id)
      if (!connectors.get(connection.connector)?.poll) throw new errors.CannotPoll(id, id)
      await schedule.pollNow(id)
      return reply.code(202).send({ status: 'accepted' as const })
    },
  )
}

/** @throws errors.BodyInvalid, errors.SettingsInvalid */
function assemble(id: string, fields: Static<typeof ConnectionBody>, known?: ConnectionDoc): ConnectionDoc {
  const base = known ?? {
    _id: id,
    workspace: WORKSPACE,
    name: id,
    connector: 'intake',
    channel: id,
    shop: id,
    enabled: true,
    identity: { orderId: [fields.groupRowsBy ?? 'orderId'] },
    settings: {},
    createdAt: new Date(),
  }
  const connection: ConnectionDoc = { ...base, ...fields }
  const connector = connectors.get(connection.connector)
  if (!connector) {
    const all = [...connectors.keys()].join(', ')
    throw new errors.BodyInvalid(`connector 只能是:${all} / connector must be one of: ${all}`)
  }
  const problems = settingsProblems(connector, connection.settings)
  if (problems.length > 0) throw new errors.SettingsInvalid(problems.join('; '), problems.join('; '))
  return connection
}
