import { credentialProblems, problemLine, settingsProblems } from '../../connectors/check-settings.ts'
import type { Connector, ConnectorContext, PollContext } from '../../connectors/connector.ts'
import { type CircuitBreaker, circuitBreaker } from '../../connectors/kit/circuit-breaker.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { connectionHttp, type Ways } from '../../connectors/kit/http.ts'
import { type TokenBucket, tokenBucket } from '../../connectors/kit/token-bucket.ts'
import { errors } from '../errors.ts'
import type { Intake } from '../intake/intake.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'
import { learnListings } from './learn-listings.ts'
import { secretNames } from './secret-names.ts'
import type { Credentials, Secrets } from './secrets.ts'
import { withReceivers } from './with-receivers.ts'

/** Gives connectors what they work with. */
export interface ConnectorDesk {
  connectorOf(connection: ConnectionDoc): Connector | undefined
  /**
   * What a connector may use for one connection.
   * @throws errors.SettingsInvalid, ConnectorError class `credentials` where they are missing
   */
  context(connection: ConnectionDoc, signal: AbortSignal): Promise<ConnectorContext>
  pollContext(connection: ConnectionDoc, signal: AbortSignal): Promise<PollContext>
  /** For a push: nothing that could call out. */
  pushContext(connection: ConnectionDoc): Promise<Omit<ConnectorContext, 'http' | 'tokens' | 'signal'>>
}

export interface DeskDeps {
  readonly store: Store
  readonly intake: Intake
  readonly connectors: ReadonlyMap<string, Connector>
  readonly secrets: Secrets
  readonly ways: Ways
  readonly config: { readonly dataDir: string; readonly maxBodyBytes: number }
  readonly now?: () => Date
}

/** Limits of one connection, kept while its settings stay as they are. */
interface Limits {
  readonly perSecond: number
  readonly bucket: TokenBucket
  readonly breaker: CircuitBreaker
}

const RATE = { perSecond: 20, burst: 20 }

export function connectorDesk(deps: DeskDeps): ConnectorDesk {
  const { store, intake, connectors, secrets, ways, config, now = () => new Date() } = deps
  const limits = new Map<string, Limits>()

  function limitsOf({ _id, settings }: ConnectionDoc, { rate = RATE }: Connector): Limits {
    const wish = Number(settings.callsPerSecond)
    const perSecond = wish > 0 ? wish : rate.perSecond
    const known = limits.get(_id)
    if (known?.perSecond === perSecond) return known
    const burst = Math.max(1, Math.min(rate.burst, Math.ceil(perSecond)))
    const made = { perSecond, bucket: tokenBucket({ perSecond, burst }), breaker: circuitBreaker() }
    limits.set(_id, made)
    return made
  }

  function demandConnector(connection: ConnectionDoc): Connector {
    const connector = connectors.get(connection.connector)
    if (!connector)
      throw new errors.NotFound('连接方式', connection.connector, 'connector', connection.connector)
    return connector
  }

  async function checked(
    connection: ConnectionDoc,
  ): Promise<{ connector: Connector; credentials: Credentials }> {
    const connector = demandConnector(connection)
    const problems = problemLine(settingsProblems(connector, connection.settings))
    if (problems !== '') throw new errors.SettingsInvalid(problems, problems)
    const credentials = await secrets.credentials(connection._id)
    const missing = credentialProblems(connector, credentials)
    if (missing.length > 0) throw new ConnectorError({ class: 'credentials', said: problemLine(missing) })
    return { connector, credentials }
  }

  async function context(connection: ConnectionDoc, signal: AbortSignal): Promise<ConnectorContext> {
    const { connector, credentials } = await checked(connection)
    const { bucket, breaker } = limitsOf(connection, connector)
    const tokens = secrets.tokens(connection._id, signal)
    // Seen by redaction as soon as they were read once.
    const seen = new Set(secretNames(connector).flatMap(name => credentials[name] ?? []))
    const note = <T extends { accessToken: string; refreshToken?: string } | undefined>(token: T): T => {
      if (token) for (const value of [token.accessToken, token.refreshToken]) if (value) seen.add(value)
      return token
    }
    return {
      connection,
      settings: connection.settings,
      credentials,
      now,
      signal,
      http: connectionHttp({
        ways,
        bucket,
        breaker,
        signal,
        secrets: () => [...seen],
        ...timeoutOf(connection),
      }),
      tokens: {
        read: async () => note(await tokens.read()),
        renew: async (known, make) => note(await tokens.renew(known, make)),
      },
    }
  }

  return {
    connectorOf: connection => connectors.get(connection.connector),
    context,
    async pollContext(connection, signal) {
      const connector = demandConnector(connection)
      const own = await context(connection, signal)
      const readableAsWished = (documents: readonly unknown[]) =>
        connection.settings.receivers === 'readable'
          ? withReceivers(documents, connector, own, store)
          : documents
      return {
        ...own,
        dataDir: config.dataDir,
        maxBytes: config.maxBodyBytes,
        cursors: {
          get: async stream => (await store.cursors.findById(`${connection._id}/${stream}`).lean())?.at,
          async set(stream, at) {
            const { _id, workspace } = connection
            await store.cursors.updateOne(
              { _id: `${_id}/${stream}` },
              { $set: { workspace, connection: _id, at } },
              { upsert: true },
            )
          },
        },
        async accept(documents) {
          await learnListings(store, connection, connector, documents)
          return intake.accept(connection, await readableAsWished(documents))
        },
        refuse: (body, problems) => intake.refuse(connection, body, problems),
      }
    },
    async pushContext(connection) {
      const { credentials } = await checked(connection)
      return { connection, settings: connection.settings, credentials, now }
    },
  }
}

/** The connection's own patience, where it has one. */
function timeoutOf({ settings }: ConnectionDoc): { readonly timeoutMs?: number } {
  const { timeoutMs } = settings
  return typeof timeoutMs === 'number' ? { timeoutMs } : {}
}
