import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A supplier on loopback that honours idempotency keys and counts what really reached it. */
export interface Receiver {
  readonly port: number
  /** Times each key was delivered. */
  readonly deliveries: ReadonlyMap<string, number>
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const deliveries = new Map<string, number>()
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'] ?? '')
    request.resume().on('end', () => {
      deliveries.set(key, (deliveries.get(key) ?? 0) + 1)
      response.writeHead(200).end('{}')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    deliveries,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
