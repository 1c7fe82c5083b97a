import { setTimeout as sleep } from 'node:timers/promises'
import { describe, type ServerClient } from './server-client.ts'
import type { OutboxView } from './views.ts'

const PATIENCE_MS = 60_000

/**
 * Waits until everything accepted is decided.
 * @throws when the backlog does not shrink for 60 s
 */
export async function settled(server: ServerClient): Promise<void> {
  await untilNone('orders wait to be decided', async () => {
    const answer = await server.request('GET', '/api/overview')
    if (answer.status !== 200) throw new Error(`GET /api/overview: ${describe(answer)}`)
    return (answer.body as { backlog: number }).backlog
  })
}

/**
 * Waits until every outward call came to an end, one way or another.
 * @throws when none does for 60 s
 */
export async function delivered(server: ServerClient): Promise<void> {
  await untilNone('outward calls are under way', async () => {
    const calls = await server.all<OutboxView>('/api/outbox')
    return calls.filter(each => each.state === 'planned' || each.state === 'sent').length
  })
}

async function untilNone(what: string, count: () => Promise<number>): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY
  let lastProgress = Date.now()
  for (;;) {
    const left = await count()
    if (left === 0) return
    if (left < fewest) {
      fewest = left
      lastProgress = Date.now()
    }
    if (Date.now() - lastProgress > PATIENCE_MS)
      throw new Error(`${left} ${what}, and none got further for 60 s.`)
    await sleep(100)
  }
}
