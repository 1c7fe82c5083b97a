import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startEmbeddedStore } from '../../../server/embedded/embedded.ts'
import { openStore } from '../../../server/store/store.ts'

/** One order of the harness's stream, with the outcomes its oracle allows. */
interface HarnessOrder {
  readonly orderId: string
  readonly channel: string
  readonly kind: string
  readonly expected: readonly string[]
}

interface Stream {
  next(): HarnessOrder
}

/** What the store holds after a run, beside what the oracle says of every order that was sent. */
export interface Audit {
  readonly wrong: number
  /** Good orders that were sent and are nowhere. */
  readonly lost: number
  readonly duplicates: { readonly sent: number; readonly caught: number }
  readonly oversold: number
  /** The first few that are wrong: `DY0001…: duplicate → ship`. */
  readonly examples: readonly string[]
}

export interface Sent {
  readonly harness: string
  readonly seed: number
  readonly baseTime: number
  readonly concurrency: number
  readonly count: number
}

const SCARCE_UNITS = 5

/** Reads what a stopped server decided, for one that answers before it has. @param dataDir of that server */
export async function auditOrders(dataDir: string, sent: Sent): Promise<Audit> {
  const embedded = await startEmbeddedStore({ dataDir: join(dataDir, 'store') })
  const store = await openStore(embedded.uri)
  const outcomes = new Map<string, string>()
  for await (const { _id, outcome } of store.orders.find({}, { outcome: 1 }).lean().cursor())
    outcomes.set(_id, outcome)
  await store.close()
  await embedded.close()

  const { createOrderStream } = (await import(pathToFileURL(join(sent.harness, 'lib/orders.js')).href)) as {
    createOrderStream(options: object): Stream
  }
  // As the harness's lib/load.js makes it.
  const duplicateLag = Math.max(16, 4 * sent.concurrency)
  const stream = createOrderStream({ seed: sent.seed, baseTime: sent.baseTime, mix: { duplicateLag } })
  const audit = { wrong: 0, lost: 0, duplicates: { sent: 0, caught: 0 }, examples: [] as string[] }
  let scarceShipped = 0
  for (let count = 0; count < sent.count; count++) {
    const { orderId, channel, kind, expected } = stream.next()
    const outcome = outcomes.get(`${channel}:${orderId}`)
    if (kind === 'duplicate') audit.duplicates.sent++
    if (kind === 'duplicate' && outcome === 'duplicate') audit.duplicates.caught++
    if (kind === 'scarce' && outcome === 'ship') scarceShipped++
    // What nobody can read becomes no order.
    if (expected.includes(outcome ?? 'rejected')) continue
    audit.wrong++
    if (outcome === undefined) audit.lost++
    if (audit.examples.length < 5) audit.examples.push(`${orderId}: ${expected.join('|')} → ${outcome}`)
  }
  return { ...audit, oversold: Math.max(0, scarceShipped - SCARCE_UNITS) }
}
