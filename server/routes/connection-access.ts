import { Type } from 'typebox'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { faultOf, noteFault } from '../connections/note-fault.ts'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'
import { FaultShape, viewFault } from './connection-view.ts'
import { findConnection } from './find-connection.ts'
import { IdParams, STRICT, TextShape } from './shapes.ts'

const CALLBACK = '/api/oauth/callback'
const Redirect = Type.String({ maxLength: 500, pattern: '^https?://[^\\s]+$' })

/** Testing a connection, authorising it at the platform, and forgetting what authorised it. */
export function connectionAccessRoutes(app: Api, { store, connections, config }: Services): void {
  const { authorizer, secrets } = connections
  const tags = ['connections']

  app.post(
    '/api/connections/:id/test',
    {
      config: { role: 'operator' },
      schema: {
        tags,
        summary: 'Calls the platform once, harmlessly, and tells in plain words how it went',
        params: IdParams,
        response: {
          200: Type.Union([
            Type.Object({ ok: Type.Literal(true), found: TextShape }),
            Type.Object({ ok: Type.Literal(false), fault: FaultShape }),
          ]),
        },
      },
    },
    async ({ params }) => {
      const connection = await findConnection(store, params.id)
      try {
        return { ok: true as const, found: await authorizer.test(connection) }
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        await noteFault(store, connection._id, error)
        return { ok: false as const, fault: viewFault(faultOf(error)) }
      }
    },
  )

  app.post(
    '/api/connections/:id/authorize',
    {
      config: { role: 'admin' },
      schema: {
        tags,
        summary: 'Where the owner of the shop signs in to authorise us',
        params: IdParams,
        body: Type.Object({ redirectUri: Type.Optional(Redirect) }, STRICT),
        response: { 200: Type.Object({ url: Type.String() }) },
      },
    },
    async ({ params, body, headers }) => {
      const ours = `${config.publicUrl ?? `http://${headers.host}`}${CALLBACK}`
      const connection = await findConnection(store, params.id)
      return { url: await authorizer.begin(connection, body.redirectUri ?? ours) }
    },
  )

  app.post(
    '/api/connections/:id/authorize/code',
    {
      config: { role: 'admin' },
      schema: {
        tags,
        summary: 'Authorises us with a code copied by hand',
        params: IdParams,
        body: Type.Object(
          {
            code: Type.String({ minLength: 1, maxLength: 2_000 }),
            redirectUri: Type.Optional(Redirect),
          },
          STRICT,
        ),
        response: {
          200: Type.Union([
            Type.Object({ ok: Type.Literal(true) }),
            Type.Object({ ok: Type.Literal(false), fault: FaultShape }),
          ]),
        },
      },
    },
    async ({ params, body, headers }) => {
      const connection = await findConnection(store, params.id)
      const ours = `${config.publicUrl ?? `http://${headers.host}`}${CALLBACK}`
      try {
        await authorizer.finish(connection, body.code.trim(), body.redirectUri ?? ours)
        return { ok: true as const }
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        return { ok: false as const, fault: viewFault(faultOf(error)) }
      }
    },
  )

  app.get(
    CALLBACK,
    {
      // The platform sends the person here; what came back is checked by its signed state.
      config: { role: 'viewer', fromOutside: true },
      schema: {
        tags,
        summary: 'Where a platform sends the owner of a shop back to',
        querystring: Type.Object({
          code: Type.Optional(Type.String({ maxLength: 2_000 })),
          state: Type.String({ maxLength: 2_000 }),
          error: Type.Optional(Type.String({ maxLength: 500 })),
          error_description: Type.Optional(Type.String({ maxLength: 2_000 })),
        }),
      },
    },
    async ({ query }, reply) => {
      const { connection: id, redirectUri } = authorizer.readState(query.state)
      const back = (outcome: Record<string, string>) =>
        reply.redirect(`/connections?${new URLSearchParams({ open: id, ...outcome })}`)
      if (!query.code) return back({ authorizeFailed: query.error_description ?? query.error ?? 'no code' })
      try {
        await authorizer.finish(await findConnection(store, id), query.code, redirectUri)
        return back({ authorized: '1' })
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error
        const { zh, en } = faultOf(error)
        return back({ authorizeFailed: `${zh} / ${en}` })
      }
    },
  )

  app.delete(
    '/api/connections/:id/credentials',
    {
      config: { role: 'admin' },
      schema: {
        tags,
        summary: 'Forgets what authorises a connection',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async ({ params }, reply) => {
      const connection = await findConnection(store, params.id)
      await secrets.forget(connection._id)
      return reply.code(204).send(null)
    },
  )
}
