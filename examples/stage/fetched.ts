import { setTimeout as sleep } from 'node:timers/promises'
import { describe, type ServerClient } from './server-client.ts'
import { settled } from './settle.ts'
import type { ConnectionView, OrderView } from './views.ts'

const PATIENCE_MS = 120_000
const LOOK_EVERY_MS = 100
const PAGE = 500

/**
 * Has connections fetch their orders, side by side and again until these orders are there and everything that came is
 * decided.
 * @param keys `<connection>:<order id>`
 * @throws when orders are still missing after two minutes; the message says what is wrong with the connections
 */
export async function fetched(
  server: ServerClient,
  connections: readonly string[],
  keys: readonly string[],
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const seen = await Promise.all(connections.map(connection => polled(server, connection, deadline)))
    await settled(server)
    const missing = await missingOf(server, keys)
    if (missing.length === 0) return
    if (Date.now() > deadline) {
      const faults = seen.flatMap(({ id, fault }) => (fault ? [`${id}: ${fault.zh}`] : []))
      throw new Error(
        `${missing.length} orders did not come: ${missing.slice(0, 3).join(', ')}. ${faults.join(' ')}`,
      )
    }
  }
}

/** Polls a connection and waits until that is over. @returns the connection as it then stands */
async function polled(server: ServerClient, id: string, deadline: number): Promise<ConnectionView> {
  const path = `/api/connections/${id}`
  const before = await connectionAt(server, path)
  const asked = await server.request('POST', `${path}/poll`)
  if (asked.status !== 202) throw new Error(`POST ${path}/poll: ${describe(asked)}`)
  for (;;) {
    await sleep(LOOK_EVERY_MS)
    const now = await connectionAt(server, path)
    if (now.lastPolledAt !== before.lastPolledAt || Date.now() > deadline) return now
  }
}

async function connectionAt(server: ServerClient, path: string): Promise<ConnectionView> {
  const answer = await server.request('GET', path)
  if (answer.status !== 200) throw new Error(`GET ${path}: ${describe(answer)}`)
  return answer.body as ConnectionView
}

/** Those of the orders the product does not list; it lists the newest first. */
async function missingOf(server: ServerClient, keys: readonly string[]): Promise<readonly string[]> {
  const missing = new Set(keys)
  let cursor: string | undefined
  while (missing.size > 0) {
    const page = new URLSearchParams({ limit: String(PAGE), ...(cursor && { cursor }) })
    const answer = await server.request('GET', `/api/orders?${page}`)
    if (answer.status !== 200) throw new Error(`GET /api/orders: ${describe(answer)}`)
    const { items, next } = answer.body as { items: readonly OrderView[]; next?: string }
    for (const { key } of items) missing.delete(key)
    if (!next) break
    cursor = next
  }
  return [...missing]
}
