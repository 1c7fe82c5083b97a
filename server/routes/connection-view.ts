import { type Static, Type } from 'typebox'
import type { ConnectionDoc, ConnectionFault } from '../store/connection-doc.ts'
import type { ConnectionAccess } from './connection-access-view.ts'
import { Instant, NewId } from './shapes.ts'

const Paths = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 10 })

const Identity = Type.Object(
  {
    orderId: Paths,
    version: Type.Optional(Paths),
    buyer: Type.Optional(Paths),
  },
  { additionalProperties: false },
)

/** What may be said of a connection; fields not given keep their value or their default. */
export const ConnectionBody = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    connector: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    shop: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    enabled: Type.Optional(Type.Boolean()),
    warehouse: Type.Optional(NewId),
    /** Where outward calls to it go. */
    url: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s]+$' })),
    identity: Type.Optional(Identity),
    /** Params of the field mapping used for its documents. */
    mapping: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    groupRowsBy: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    /** Orders it may push per second, to each process of the server; 0 is no limit. */
    limitPerSecond: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 })),
    settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    /** What authorises it. Sealed, and shown to nobody; those not given stay. */
    credentials: Type.Optional(
      Type.Record(Type.String({ maxLength: 60 }), Type.String({ minLength: 1, maxLength: 4_000 })),
    ),
  },
  { additionalProperties: false },
)

/** What is wrong with a connection, and what to do about it. */
export const FaultShape = Type.Object({
  class: Type.String(),
  code: Type.Optional(Type.String()),
  zh: Type.String(),
  en: Type.String(),
  /** Who must act: `account`, `workflow`, `machine`; `platform` and `network` mend themselves. */
  blame: Type.String(),
  at: Instant,
})

export const ConnectionShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  connector: Type.String(),
  channel: Type.String(),
  shop: Type.String(),
  enabled: Type.Boolean(),
  warehouse: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  identity: Type.Unknown(),
  mapping: Type.Optional(Type.Unknown()),
  groupRowsBy: Type.Optional(Type.String()),
  limitPerSecond: Type.Optional(Type.Number()),
  settings: Type.Unknown(),
  lastPolledAt: Type.Optional(Instant),
  lastError: Type.Optional(Type.String()),
  fault: Type.Optional(FaultShape),
  hasCredentials: Type.Boolean(),
  /** Which credentials there are; of secrets nothing but that. */
  credentialsHint: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Of one that the owner of the shop authorised: how long that lasts. */
  authorized: Type.Optional(
    Type.Object({
      expiresAt: Instant,
      refreshExpiresAt: Type.Optional(Instant),
      facts: Type.Record(Type.String(), Type.String()),
    }),
  ),
  /** Where its platform pushes to. */
  pushUrl: Type.Optional(Type.String()),
  createdAt: Instant,
})

export const viewFault = ({ at, ...fault }: ConnectionFault): Static<typeof FaultShape> => ({
  ...fault,
  at: at.toISOString(),
})

/** @param access what is told of its credentials, beside what stands in the document */
export function viewConnection(doc: ConnectionDoc, access: ConnectionAccess): Static<typeof ConnectionShape> {
  const { _id, workspace: _, lastPolledAt, lastError, fault, createdAt, ...rest } = doc
  return {
    ...access,
    ...(fault ? { fault: viewFault(fault) } : {}),
    ...rest,
    id: _id,
    ...(lastPolledAt ? { lastPolledAt: lastPolledAt.toISOString() } : {}),
    ...(lastError ? { lastError } : {}),
    createdAt: createdAt.toISOString(),
  }
}
