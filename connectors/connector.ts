import type { Static, TSchema } from 'typebox'
import type { Receipt } from '../server/intake/receipt.ts'
import type { ConnectionDoc } from '../server/store/connection-doc.ts'
import type { Text } from '../server/workflow/text.ts'
import type { FieldProblem } from '../server/world/world.ts'

/** What a connector may use while it polls. */
export interface PollContext<S> {
  /** The connection's settings, checked against the connector's schema. */
  readonly settings: S
  /** Folder relative paths start from. */
  readonly dataDir: string
  /** Largest file or answer it should take in, in bytes. */
  readonly maxBytes: number
  /** Aborted when the server stops: finish what is under way, begin nothing new. */
  readonly signal: AbortSignal
  /** Hands documents over; durable when it resolves. @throws errors.Busy when the backlog is full */
  accept(documents: readonly unknown[]): Promise<Receipt>
  /** Keeps a text nobody can read where a person can mend it. @returns its quarantine id */
  refuse(body: string, problems: readonly FieldProblem[]): Promise<string>
}

/** Code that speaks to one kind of outside system. */
export interface Connector<S = unknown> {
  /** Stable for ever: it stands in every connection. */
  readonly id: string
  readonly name: Text
  /** What it does, in one sentence. */
  readonly title: Text
  /** JSON Schema (TypeBox) of a connection's settings. */
  readonly settings: TSchema
  /** Looks for orders and hands them over. Called again after a crash, so what was handed over twice is one event. */
  poll?(connection: ConnectionDoc, context: PollContext<S>): Promise<void>
}

/** Declares a connector with its settings inferred; the list in index.ts holds its general form. */
export function defineConnector<S extends TSchema>(
  connector: Omit<Connector<Static<S>>, 'settings'> & { readonly settings: S },
): Connector {
  // Settings are validated against the schema before poll sees them, which is what makes this widening true.
  return connector as unknown as Connector
}
