import type { Text } from '../../server/workflow/text.ts'

export interface Connection {
  readonly id: string
  readonly name: string
  /** Which connector speaks to it: `intake` (pushed to us), `folder`, `supplier`, … */
  readonly connector: string
  readonly channel?: string
  readonly shop?: string
  readonly enabled: boolean
  readonly warehouse?: string
  readonly url?: string
  /** Where the identity of an order stands in its source document. */
  readonly identity?: unknown
  /** How its documents become unified orders; absent until somebody said so. */
  readonly mapping?: unknown
  /** Orders it may push per second; 0 or absent is no limit. */
  readonly limitPerSecond?: number
  readonly lastPolledAt?: string
  readonly lastError?: string
  /** By the schema of its connector. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly hasCredentials?: boolean
  /** What is kept of its credentials, masked: `{ appKey: '12345***' }`. */
  readonly credentialsHint?: Readonly<Record<string, string>>
  /** Set once the user of the shop let us in. */
  readonly authorized?: ConnectionAuthorization
  /** What is wrong with it now; absent once it works again. */
  readonly fault?: ConnectionFault
  /** Where the platform sends its pushes. */
  readonly pushUrl?: string
}

export interface ConnectionAuthorization {
  readonly expiresAt?: string
  /** After this instant only a person can renew it. */
  readonly refreshExpiresAt?: string
  /** What the platform told beside it: the name of the shop, its ids. */
  readonly facts?: Readonly<Record<string, string>>
}

/** A call to the platform that failed: what is wrong and what to do, in both languages. */
export interface ConnectionFault extends Text {
  /** `network`, `throttled`, `authorization`, `credentials`, … */
  readonly class: string
  /** The platform's own code. */
  readonly code?: string
  readonly at?: string
  /** Who must act: `platform`, `network`, `account`, `workflow` or `machine`. */
  readonly blame?: string
}

/** Answer of `POST /connections/:id/authorize/code`. */
export type AuthorizationTry = { readonly ok: true } | { readonly ok: false; readonly fault: ConnectionFault }

/** Answer of `POST /connections/:id/test`. */
export type ConnectionTest =
  | { readonly ok: true; readonly found: Text }
  | { readonly ok: false; readonly fault: ConnectionFault }

/** A kind of connection. */
export interface Connector {
  readonly id: string
  readonly name: Text
  readonly title: Text
  readonly kind: 'shop' | 'orders' | 'supplier' | 'carrier' | 'people'
  readonly channel?: string
  /** JSON Schema of a connection's settings, with hints. */
  readonly settings: Readonly<Record<string, unknown>>
  /** JSON Schema of what authorises it; all its values are texts. Absent where it needs nothing. */
  readonly credentials?: Readonly<Record<string, unknown>>
  /** How to get the credentials, step by step. */
  readonly guide?: readonly (Text & { readonly link?: string })[]
  /** Whether we fetch from it, rather than it pushing to us. */
  readonly polls: boolean
  readonly pushes: boolean
  readonly tracks: boolean
  /** Whether the user of the shop has to let us in on the platform's page. */
  readonly authorizes: boolean
  readonly tests: boolean
  /** What workflows may do by it: `ship`, `stock`, `purchase`, `message`, `reverse`. */
  readonly actions: readonly string[]
}
