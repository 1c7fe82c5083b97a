import { type Static, Type } from 'typebox'

const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

/** One use of a node type in a drawing. `params` are checked against the node type's own schema. */
export const WorkflowNode = Type.Object(
  {
    id: Id,
    type: Type.String({ minLength: 1, maxLength: 64 }),
    /** What people call this node; the node type's title where absent. */
    label: Type.Optional(Type.String({ maxLength: 120 })),
    params: Type.Record(Type.String(), Type.Unknown()),
    position: Type.Optional(
      Type.Object({ x: Type.Number(), y: Type.Number() }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type WorkflowNode = Static<typeof WorkflowNode>

/** Joins a port of one node to another node. Several edges may leave one port: each carries the item on. */
export const WorkflowEdge = Type.Object(
  { from: Id, port: Type.String({ minLength: 1, maxLength: 64 }), to: Id },
  { additionalProperties: false },
)
export type WorkflowEdge = Static<typeof WorkflowEdge>

/** Words on the canvas for people; no part of what runs. */
export const WorkflowNote = Type.Object(
  {
    id: Id,
    text: Type.String({ maxLength: 2_000 }),
    position: Type.Object({ x: Type.Number(), y: Type.Number() }, { additionalProperties: false }),
    size: Type.Optional(
      Type.Object({ width: Type.Number(), height: Type.Number() }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
)
export type WorkflowNote = Static<typeof WorkflowNote>

/** Nodes that belong together, drawn in one frame; no part of what runs. */
export const WorkflowGroup = Type.Object(
  { id: Id, name: Type.String({ maxLength: 120 }), nodes: Type.Array(Id, { maxItems: 500 }) },
  { additionalProperties: false },
)
export type WorkflowGroup = Static<typeof WorkflowGroup>

/** The drawing a user makes: what is stored as a draft and frozen as a version. */
export const WorkflowGraph = Type.Object(
  {
    nodes: Type.Array(WorkflowNode, { maxItems: 500 }),
    edges: Type.Array(WorkflowEdge, { maxItems: 2_000 }),
    notes: Type.Optional(Type.Array(WorkflowNote, { maxItems: 200 })),
    groups: Type.Optional(Type.Array(WorkflowGroup, { maxItems: 100 })),
    settings: Type.Optional(
      Type.Object(
        {
          /** Free words for people; shown in lists. */
          description: Type.Optional(Type.String({ maxLength: 2_000 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type WorkflowGraph = Static<typeof WorkflowGraph>
