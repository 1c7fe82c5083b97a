import type { Connection, Connector } from '../api/connection-contract.ts'
import { faultKind } from './faults.ts'
import { needsCredentials } from './setup/steps.ts'

/**
 * How a connection stands. `unfinished`: it was begun and never switched on. `passing`: something is wrong that mends
 * itself. `failing`: somebody must act.
 */
export type Standing = 'ok' | 'passing' | 'failing' | 'unfinished' | 'paused'

export function standingOf(connection: Connection, connector: Connector | undefined): Standing {
  if (!connection.enabled) return nextStep(connection, connector) === undefined ? 'paused' : 'unfinished'
  if (connection.fault) return faultKind(connection.fault).passes ? 'passing' : 'failing'
  return connection.lastError ? 'failing' : 'ok'
}

/** Where setting a connection up goes on; undefined once it was switched on, even if it is paused now. */
export function nextStep(
  connection: Connection,
  connector: Connector | undefined,
): 'keys' | 'verify' | 'start' | undefined {
  if (connection.enabled || !connector || connection.lastPolledAt !== undefined) return undefined
  if (needsCredentials(connector) && !connection.hasCredentials) return 'keys'
  if (connector.authorizes && !connection.authorized) return 'verify'
  return connector.polls ? 'start' : undefined
}
