import type { Connector, PollContext, Wanted } from '../../../connectors/connector.ts'
import { circuitBreaker } from '../../../connectors/kit/circuit-breaker.ts'
import { connectionHttp, waysOut } from '../../../connectors/kit/http.ts'
import type { Token } from '../../../connectors/kit/token.ts'
import { tokenBucket } from '../../../connectors/kit/token-bucket.ts'
import { serveSimulators } from '../../../connectors/simulators/serve.ts'
import type { Simulator } from '../../../connectors/simulators/simulator.ts'
import { identify } from '../../../server/intake/identify.ts'
import type { Receipt } from '../../../server/intake/receipt.ts'
import type { ConnectionDoc } from '../../../server/store/connection-doc.ts'

/** A connector beside its simulator, over real HTTP, without a server: what it hands over is kept here. */
export interface ConnectorRoom {
  readonly connector: Connector
  readonly simulator: Simulator
  readonly context: PollContext
  /** Every version of every order that was handed over, by event id; a repeated one counts once. */
  readonly events: ReadonlyMap<string, unknown>
  /** The newest version of each order by its id, in the order they came. */
  orders(): ReadonlyMap<string, unknown>
  /** Documents that carry no identity; there should be none. */
  readonly refused: readonly unknown[]
  readonly cursors: ReadonlyMap<string, Date>
  token(): Token | undefined
  poll(): Promise<void>
  fetch(wanted: readonly Wanted[]): Promise<void>
  /** What `accept` does before it takes anything: throw, to play a full backlog. */
  onAccept: () => void
  close(): Promise<void>
}

export interface RoomOptions {
  readonly connector: Connector
  readonly simulator: Simulator
  readonly settings?: Readonly<Record<string, unknown>>
  readonly credentials?: Readonly<Record<string, string>>
  readonly now?: () => Date
  readonly token?: Token
  /** Short, so that faults that do not answer cost little. */
  readonly timeoutMs?: number
}

export async function connectorRoom(options: RoomOptions): Promise<ConnectorRoom> {
  const { connector, simulator, now = () => new Date() } = options
  const server = await serveSimulators([simulator], 0)
  const ways = waysOut([new URL(server.url).host])
  const stopping = new AbortController()
  const access = simulator.access(server.url)
  const credentials = { ...access.credentials, ...options.credentials }
  const settings = { ...access.settings, ...options.settings }
  const connection: ConnectionDoc = {
    _id: 'shop',
    workspace: 'main',
    name: '测试店铺',
    connector: connector.id,
    channel: connector.channel ?? connector.id,
    shop: '测试店铺',
    enabled: true,
    identity: connector.defaults?.identity ?? { orderId: ['orderId'] },
    mapping: connector.defaults?.mapping,
    settings,
    createdAt: now(),
  }
  const events = new Map<string, unknown>()
  const byOrder = new Map<string, unknown>()
  const refused: unknown[] = []
  const cursors = new Map<string, Date>()
  let token = options.token
  let renewing: Promise<Token> | undefined

  const context: PollContext = {
    connection,
    settings,
    credentials,
    now,
    signal: stopping.signal,
    dataDir: '.',
    maxBytes: 8 * 1024 * 1024,
    http: connectionHttp({
      ways,
      bucket: tokenBucket({ perSecond: 10_000, burst: 10_000 }),
      breaker: circuitBreaker(),
      signal: stopping.signal,
      secrets: () => [...Object.values(credentials), token?.accessToken ?? '', token?.refreshToken ?? ''],
      firstBackoffMs: 10,
      timeoutMs: options.timeoutMs ?? 400,
    }),
    tokens: {
      read: async () => token,
      async renew(known, make) {
        if (token && token.accessToken !== known?.accessToken) return token
        renewing ??= make().finally(() => {
          renewing = undefined
        })
        token = await renewing
        return token
      },
    },
    cursors: {
      get: async stream => cursors.get(stream),
      set: async (stream, at) => void cursors.set(stream, at),
    },
    async accept(documents): Promise<Receipt> {
      room.onAccept()
      const ids: string[] = []
      let accepted = 0
      for (const document of documents) {
        const found = identify(connection, document)
        if ('problems' in found) {
          refused.push(document)
          ids.push('')
          continue
        }
        const { event, order } = found.identity
        ids.push(event)
        if (events.has(event)) continue
        accepted++
        events.set(event, document)
        byOrder.set(order.slice(connection._id.length + 1), document)
      }
      return { events: ids, accepted, repeated: documents.length - accepted, refused: [] }
    },
    async refuse(body) {
      refused.push(body)
      return 'q'
    },
  }
  const room: ConnectorRoom = {
    connector,
    simulator,
    context,
    events,
    orders: () => byOrder,
    refused,
    cursors,
    token: () => token,
    poll: async () => connector.poll?.(context),
    fetch: async wanted => connector.fetch?.(wanted, context),
    onAccept: () => {},
    async close() {
      stopping.abort()
      await server.close()
      await ways.close()
    },
  }
  return room
}
