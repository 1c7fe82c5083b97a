import { type TSchema, Type } from 'typebox'

/** Shapes several routes share. */
export const TextShape = Type.Object({ zh: Type.String(), en: Type.String() })

export const Instant = Type.String({ format: 'date-time' })

/** An id people and programs choose: connections, warehouses, workflows. */
export const NewId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })

/** Any id in an address; a wrong one finds nothing. */
export const IdParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 500 }) })

export const Sku = Type.String({ minLength: 1, maxLength: 120 })

/** A field nobody knows is a mistake to be told, not to be left out of account. */
export const STRICT = { additionalProperties: false } as const

/** How lists are asked for; at most 200 entries come at once, whatever `limit` says. */
export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 1_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
}

export const listOf = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) })

/** How the person who asks signs. */
export const By = Type.Optional(Type.String({ maxLength: 60 }))

export const WorkflowName = Type.String({ minLength: 1, maxLength: 120 })

export const ProblemShape = Type.Object({
  code: Type.String(),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  message: TextShape,
  node: Type.Optional(Type.String()),
  param: Type.Optional(Type.String()),
  port: Type.Optional(Type.String()),
})

export const FieldProblemShape = Type.Object({
  field: Type.String(),
  code: Type.String(),
  message: Type.String(),
  messageEn: Type.String(),
})

/** What people should know of where orders wait. */
export const BufferWarningShape = Type.Object({
  code: Type.String(),
  message: Type.String(),
  messageEn: Type.String(),
})

/** What made a run fail, and whose fault it is. */
export const RunErrorShape = Type.Object({
  node: Type.String(),
  code: Type.String(),
  message: Type.String(),
  blame: Type.String(),
  retryable: Type.Boolean(),
})
