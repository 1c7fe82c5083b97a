import { Type } from 'typebox'
import { connectors } from '../../connectors/index.ts'
import type { Api } from './api.ts'
import { listOf, TextShape } from './shapes.ts'

const ConnectorShape = Type.Object({
  id: Type.String(),
  name: TextShape,
  title: TextShape,
  /** Where it stands in the gallery: `shop`, `orders`, `supplier`, `carrier`, `people`. */
  kind: Type.String(),
  channel: Type.Optional(Type.String()),
  /** Whether it looks for orders by itself. */
  polls: Type.Boolean(),
  pushes: Type.Boolean(),
  /** Whether it tells where parcels are. */
  tracks: Type.Boolean(),
  /** Whether the owner of the shop must sign in at the platform. */
  authorizes: Type.Boolean(),
  tests: Type.Boolean(),
  /** What workflows may do by it: `ship`, `stock`, `purchase`, `message`, `reverse`. */
  actions: Type.Array(Type.String()),
  /** JSON Schema of a connection's settings. */
  settings: Type.Unknown(),
  /** JSON Schema of what authorises it; never shown again once given. */
  credentials: Type.Optional(Type.Unknown()),
  guide: Type.Optional(
    Type.Array(Type.Object({ ...TextShape.properties, link: Type.Optional(Type.String()) })),
  ),
})

export function connectorRoutes(app: Api): void {
  app.get(
    '/api/connectors',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['connections'],
        summary: 'Kinds of connection',
        response: { 200: listOf(ConnectorShape) },
      },
    },
    async () => ({
      items: Array.from(connectors.values(), connector => {
        const { id, name, title, kind, channel, settings, credentials, guide } = connector
        return {
          id,
          name,
          title,
          kind,
          ...(channel && { channel }),
          polls: connector.poll !== undefined,
          pushes: connector.push !== undefined,
          tracks: connector.track !== undefined,
          authorizes: connector.authorization !== undefined,
          tests: connector.test !== undefined,
          actions: Object.keys(connector.actions ?? {}),
          settings,
          ...(credentials && { credentials }),
          ...(guide && { guide: [...guide] }),
        }
      }),
    }),
  )
}
