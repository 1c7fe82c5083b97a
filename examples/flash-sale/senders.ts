import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { SaleOrder } from './orders.ts'

/** What the channels saw while they sent. */
export interface Sending {
  /** Orders acknowledged so far. */
  readonly acknowledged: number
  /** Orders the server said it had already: sent again after an answer that never came. */
  readonly repeated: number
  /** Requests that got no answer, or one that asks to come again. */
  readonly retries: number
  /** From the first sending of an order to its acknowledgement, in milliseconds, one entry per order. */
  readonly latenciesMs: readonly number[]
  /** Refusals that no later attempt could mend: `<order key>: HTTP 400 …`. */
  readonly refused: readonly string[]
  /** Resolves when every order is acknowledged or refused. */
  readonly finished: Promise<void>
}

const AGAIN_MS = 50
/** A channel that gets no answer again and again waits longer, up to this. */
const AT_MOST_MS = 400
const MOST_REFUSALS = 10

/**
 * Sends every order by itself, `connections` lines per channel, as fast as they are acknowledged. A channel
 * knows that an order arrived only by the 202: without it, it sends the same again until there is one.
 * @param url address of the server, the same before and after it went down
 */
export function startSending(url: string, orders: readonly SaleOrder[], connections: number): Sending {
  const seen = {
    acknowledged: 0,
    repeated: 0,
    retries: 0,
    latenciesMs: [] as number[],
    refused: [] as string[],
  }

  async function untilAcknowledged(pool: Pool, order: SaleOrder): Promise<void> {
    const began = performance.now()
    for (let pauseMs = AGAIN_MS; ; pauseMs = Math.min(AT_MOST_MS, pauseMs * 2)) {
      const answer = await attempt(pool, order)
      if (answer?.status === 202) {
        seen.acknowledged++
        seen.repeated += (JSON.parse(answer.text) as { repeated: number }).repeated
        seen.latenciesMs.push(performance.now() - began)
        return
      }
      if (answer && answer.status < 500 && answer.status !== 429) {
        if (seen.refused.length < MOST_REFUSALS)
          seen.refused.push(`${order.orderKey}: HTTP ${answer.status} ${answer.text.slice(0, 300)}`)
        return
      }
      seen.retries++
      await sleep(pauseMs)
    }
  }

  async function channel(own: readonly SaleOrder[]): Promise<void> {
    const pool = new Pool(url, { connections, pipelining: 1 })
    let next = 0
    const line = async () => {
      for (let order = own[next++]; order; order = own[next++]) await untilAcknowledged(pool, order)
    }
    await Promise.all(Array.from({ length: connections }, line))
    await pool.close()
  }

  const channels = [...new Set(orders.map(each => each.connection))]
  const sent = channels.map(name => channel(orders.filter(each => each.connection === name)))
  const finished = Promise.all(sent).then(() => undefined)
  return Object.assign(seen, { finished })
}

/** @returns undefined where the line broke before there was an answer */
async function attempt(
  pool: Pool,
  { connection, text }: SaleOrder,
): Promise<{ status: number; text: string } | undefined> {
  try {
    const answer = await pool.request({
      method: 'POST',
      path: `/api/intake/${connection}`,
      headers: { 'content-type': 'application/json' },
      body: text,
    })
    return { status: answer.statusCode, text: await answer.body.text() }
  } catch {
    // The server went down: what a channel sees of it is a line without an answer.
    return undefined
  }
}
