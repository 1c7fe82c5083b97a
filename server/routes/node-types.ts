import { Type } from 'typebox'
import { nodeTypes } from '../nodes/index.ts'
import type { NodeType } from '../nodes/node-type.ts'
import type { NodeManifest } from '../workflow/node-definition.ts'
import type { Api } from './api.ts'
import { listOf } from './shapes.ts'

export function nodeTypeRoutes(app: Api): void {
  app.get(
    '/api/node-types',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'Node types: words, params as JSON Schema, ports, and the fields each adds and needs',
        response: { 200: listOf(Type.Unknown()) },
      },
    },
    async () => ({ items: nodeTypes.map(manifestOf) }),
  )
}

/** The part of a node type that is data. */
function manifestOf(nodeType: NodeType): NodeManifest {
  const { type, kind, wants, sample, name, title, description, params, ports, portsFrom, adds, needs } =
    nodeType
  return { type, kind, wants, sample, name, title, description, params, ports, portsFrom, adds, needs }
}
