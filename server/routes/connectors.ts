import { Type } from 'typebox'
import { connectors } from '../../connectors/index.ts'
import type { Api } from './api.ts'
import { listOf, TextShape } from './shapes.ts'

const ConnectorShape = Type.Object({
  id: Type.String(),
  name: TextShape,
  title: TextShape,
  /** Whether it looks for orders by itself. */
  polls: Type.Boolean(),
  /** JSON Schema of a connection's settings. */
  settings: Type.Unknown(),
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
      items: [...connectors.values()].map(({ id, name, title, settings, poll }) => {
        return { id, name, title, settings, polls: poll !== undefined }
      }),
    }),
  )
}
