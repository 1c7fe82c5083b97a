import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call that reached a channel. */
export interface ChannelCall {
  /** Connection of the shop that was called. */
  readonly connection: string
  /** The Idempotency-Key it bore; empty where it bore none. */
  readonly key: string
  readonly body: Readonly<Record<string, unknown>>
  /** Reading of `performance.now()`. */
  readonly at: number
}

/** The channels' own servers, which take freeze calls; really listening on loopback. */
export interface Receivers {
  /** `127.0.0.1:41234`, for the server's list of private addresses it may reach. */
  readonly address: string
  /** Where a shop takes its calls. */
  urlOf(connection: string): string
  /** Every call, repeated ones too, in the order they came. */
  readonly calls: readonly ChannelCall[]
  close(): Promise<void>
}

export async function openReceivers(): Promise<Receivers> {
  const calls: ChannelCall[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const key = request.headers['idempotency-key']
    calls.push({
      connection: (request.url ?? '/').slice(1),
      key: typeof key === 'string' ? key : '',
      body: JSON.parse(text) as Record<string, unknown>,
      at: performance.now(),
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const address = `127.0.0.1:${port}`
  return {
    address,
    urlOf: connection => `http://${address}/${connection}`,
    calls,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
