import type { Connector } from '../../connectors/connector.ts'
import { secretNames } from '../connections/secret-names.ts'
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
    ...(known && { credentialsHint: hintsOf(connector, credentials) }),
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

/** What the schema calls a secret is never shown, not even a part of it. */
function hintsOf(connector: Connector | undefined, credentials: Credentials): Record<string, string> {
  const secret = new Set(secretNames(connector))
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [name, secret.has(name) ? '••••••' : value]),
  )
}
