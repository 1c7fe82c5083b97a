import type { Static, TSchema } from 'typebox'
import type { Receipt } from '../server/intake/receipt.ts'
import type { ConnectionDoc, ConnectionIdentity } from '../server/store/connection-doc.ts'
import type { Text } from '../server/workflow/text.ts'
import type { FieldProblem } from '../server/world/world.ts'
import type { Actions } from './kit/action.ts'
import type { Cursors } from './kit/cursor.ts'
import type { Http } from './kit/http.ts'
import type { Listing } from './kit/listing.ts'
import type { ParcelReport, TrackedParcel } from './kit/parcel.ts'
import type { PushAnswer, PushRequest } from './kit/push.ts'
import type { Token, Tokens } from './kit/token.ts'

/** What a connector may use whenever it works for one connection. */
export interface ConnectorContext<S = unknown, C = unknown> {
  readonly connection: ConnectionDoc
  /** Checked against the connector's schema. */
  readonly settings: S
  /** What authorises it, decrypted; checked against the connector's schema. */
  readonly credentials: C
  readonly now: () => Date
  /** Aborted when the server stops: finish what is under way, begin nothing new. */
  readonly signal: AbortSignal
  /** The one way out: guarded, limited, redacted. */
  readonly http: Http
  /** Access tokens, encrypted at rest and shared by all processes. */
  readonly tokens: Tokens
}

/** What a connector may use while it fetches orders. */
export interface PollContext<S = unknown, C = unknown> extends ConnectorContext<S, C> {
  /** Folder relative paths start from. */
  readonly dataDir: string
  /** Largest file or answer it should take in, in bytes. */
  readonly maxBytes: number
  /** How far each stream was read; moved on only when what was read is durable. */
  readonly cursors: Cursors
  /** Hands documents over; durable when it resolves. @throws errors.Busy when the backlog is full */
  accept(documents: readonly unknown[]): Promise<Receipt>
  /** Keeps a text nobody can read where a person can mend it. @returns its quarantine id */
  refuse(body: string, problems: readonly FieldProblem[]): Promise<string>
}

/** Something on a platform that is to be read again: a push said that it changed, or it was found missing. */
export interface Wanted {
  readonly kind: 'order' | 'refund'
  /** The platform's id of it. */
  readonly id: string
}

/** Who receives an order, in readable words. */
export interface Receiver {
  readonly name: string
  readonly phone: string
  readonly detail: string
  /** The phone is the platform's and works for a while only. */
  readonly isVirtualPhone: boolean
}

/** A span of time, `from` inclusive, `to` exclusive. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/** How the user of a shop lets us in, where keys alone do not. */
export interface Authorization<S = unknown, C = unknown> {
  /** Where the person signs in; the platform sends them back to `redirectUri` with `code` and `state`. */
  url(
    context: Pick<ConnectorContext<S, C>, 'settings' | 'credentials'>,
    redirectUri: string,
    state: string,
  ): string
  /** Turns the code into a token. @throws ConnectorError */
  exchange(context: ConnectorContext<S, C>, code: string, redirectUri: string): Promise<Token>
}

/** What a connection of this kind is made with. */
export interface ConnectionDefaults {
  readonly identity: ConnectionIdentity
  /** Params of the field mapping for its documents. */
  readonly mapping: unknown
}

/** Code that speaks to one kind of outside system. */
export interface Connector<S = unknown, C = unknown> {
  /** Stable for ever: it stands in every connection. */
  readonly id: string
  readonly name: Text
  /** What it does, in one sentence. */
  readonly title: Text
  /** Where it stands in the gallery. */
  readonly kind: 'shop' | 'orders' | 'supplier' | 'carrier' | 'people'
  /** The channel of connections made of it: `taobao`. */
  readonly channel?: string
  /** JSON Schema (TypeBox) of a connection's settings; hints as for node params. */
  readonly settings: TSchema
  /** JSON Schema of what authorises it: kept encrypted, never shown again. All its values are strings. */
  readonly credentials?: TSchema
  /** How to get the credentials, step by step. */
  readonly guide?: readonly GuideStep[]
  /** Default field mapping, as data. */
  readonly defaults?: ConnectionDefaults
  /** Calls to the platform: a bucket of `burst` that refills at `perSecond`; `settings.callsPerSecond` overrides. */
  readonly rate?: { readonly perSecond: number; readonly burst: number }
  readonly authorization?: Authorization<S, C>
  /** Calls the platform once, harmlessly. @returns what was found: the shop's name. @throws ConnectorError */
  test?(context: ConnectorContext<S, C>): Promise<Text>
  /** Looks for orders and hands them over. Called again after a crash, so what was handed over twice is one event. */
  poll?(context: PollContext<S, C>): Promise<void>
  /** Reads single orders again and hands them over. An id the platform does not know is passed over. */
  fetch?(wanted: readonly Wanted[], context: PollContext<S, C>): Promise<void>
  /** Ids of all orders created within a span, page by page: what ours are compared with. */
  orderIds?(span: Span, context: ConnectorContext<S, C>): AsyncIterable<readonly string[]>
  /** Checks and reads a push. Nothing is done yet: the server answers with `reply` once it is durable. */
  push?(request: PushRequest, context: Omit<ConnectorContext<S, C>, 'http' | 'tokens' | 'signal'>): PushAnswer
  /** What the platform calls the goods of an order, so that stock can be written there. */
  listings?(document: unknown): readonly Listing[]
  /**
   * Who receives an order, readable: by the platform's call that counts against a quota, so it is asked only when
   * somebody needs to see it. @throws ConnectorError
   */
  reveal?(document: unknown, context: ConnectorContext<S, C>): Promise<Receiver>
  /** Which parcels `track` can be asked about: those of these carriers (all where absent), so many in one call. */
  readonly tracking?: { readonly carriers?: readonly string[]; readonly perCall: number }
  /** The document with a readable receiver in the platform's own fields, where its mapping looks for it. */
  readable?(document: unknown, receiver: Receiver): unknown
  /** Asks where parcels are. Numbers it knows nothing of are left out. */
  track?(parcels: readonly TrackedParcel[], context: ConnectorContext<S, C>): Promise<readonly ParcelReport[]>
  /** What workflows may do by it. */
  readonly actions?: Actions<S, C>
}

export interface GuideStep extends Text {
  /** The page the step is about. */
  readonly link?: string
}

/** Settings and credentials are taken from the schemas alone: inferring them from every use costs the type checker seconds. */
type Of<S extends TSchema> = NoInfer<Static<S>>

/** Declares a connector with its settings and credentials inferred; the list in index.ts holds its general form. */
export function defineConnector<S extends TSchema, C extends TSchema = TSchema>(
  connector: Omit<Connector<Of<S>, Of<C>>, 'settings' | 'credentials'> & {
    readonly settings: S
    readonly credentials?: C
  },
): Connector {
  // Both are validated against the schemas before a function of it sees them, which is what makes this widening true.
  return connector as unknown as Connector
}
