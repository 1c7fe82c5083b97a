import type { Connector } from '../../connectors/connector.ts'
import type { Credentials, Known } from '../connections/secrets.ts'

/** What people are told of a connection's credentials: enough to recognise them, nothing that could be used. */
export interface ConnectionAccess {
  readonly hasCredentials: boolean
  readonly credentialsHint?: Record<string, string>
  readonly authorized?: {
    readonly expiresAt: string
    readonly refreshExpiresAt?: string
    readonly facts: Record<string, string>
  }
  readonly pushUrl?: string
}

const SHOWN = 4

/** @param baseUrl where platforms reach us: `https://orders.example.com` */
export function viewAccess(
  id: string,
  connector: Connector | undefined,
  known: Known | undefined,
  baseUrl: string,
): ConnectionAccess {
  const { credentials = {}, token } = known ?? {}
  return {
    hasCredentials: Object.keys(credentials).length > 0,
    ...(known && { credentialsHint: hintsOf(credentials) }),
    ...(connector?.push && { pushUrl: `${baseUrl}/api/push/${encodeURIComponent(id)}` }),
    ...(token &&
      connector?.authorization && {
        authorized: {
          expiresAt: token.expiresAt.toISOString(),
          ...(token.refreshExpiresAt && { refreshExpiresAt: token.refreshExpiresAt.toISOString() }),
          facts: { ...token.facts },
        },
      }),
  }
}

// Of a short one nothing is shown: a few characters would be half of it.
const hintsOf = (credentials: Credentials) =>
  Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [
      name,
      value.length >= SHOWN * 2 ? `${value.slice(0, SHOWN)}***` : '***',
    ]),
  )
