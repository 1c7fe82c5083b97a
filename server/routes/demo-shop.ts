import type { FastifyBaseLogger } from 'fastify'

/** One delivery of the story: a document and the connection it comes by. */
export interface StoryOrder {
  readonly connection: string
  readonly document: unknown
}

export interface DemoState {
  readonly running: boolean
  readonly sent: number
  readonly total: number
}

/** Feeds a story's orders to the product, a handful at a time, as shops do. */
export interface DemoShop {
  start(orders: readonly StoryOrder[]): void
  stop(): Promise<void>
  state(): DemoState
}

const PAUSE_MS = 250
/** Bursts by turns: some twenty orders a second, never quite even. */
const BURSTS = [3, 6, 4, 8, 2, 7, 5, 9, 1]

export interface Feed {
  /** Posts documents of one connection; answers the HTTP status. */
  post(connection: string, documents: readonly unknown[]): Promise<number>
  readonly log: FastifyBaseLogger
}

export function demoShop({ post, log }: Feed): DemoShop {
  let running = false
  let sent = 0
  let total = 0
  let feeding: Promise<void> = Promise.resolve()
  let wake: () => void = () => {}

  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, PAUSE_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function feed(orders: readonly StoryOrder[]): Promise<void> {
    for (let burst = 0; running && sent < orders.length; burst++) {
      const next = orders.slice(sent, sent + BURSTS[burst % BURSTS.length]!)
      if (await deliver(next)) sent += next.length
      await pause()
    }
  }

  /** False when the server is too busy: the same orders are offered again, which repeats nothing. */
  async function deliver(orders: readonly StoryOrder[]): Promise<boolean> {
    for (const connection of new Set(orders.map(each => each.connection))) {
      const documents = orders.filter(each => each.connection === connection).map(each => each.document)
      if ((await post(connection, documents)) >= 500) return false
    }
    return true
  }

  return {
    start(orders) {
      if (running) return
      running = true
      sent = 0
      total = orders.length
      feeding = feed(orders)
        .catch(error => log.error({ err: error }, 'the demo shop stopped'))
        .finally(() => {
          running = false
        })
    },
    async stop() {
      running = false
      wake()
      await feeding
    },
    state: () => ({ running, sent, total }),
  }
}
