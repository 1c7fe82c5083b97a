import type { Engine } from '../engine/engine.ts'
import type { Buffer } from '../intake/buffer.ts'
import type { Intake } from '../intake/intake.ts'
import type { News } from './news.ts'
import { repeat } from './repeat.ts'
import { wakeOthers } from './wake-others.ts'

const REFRESH_EVERY_MS = 5_000
const RECOUNT_EVERY_MS = 2_000
/** Alone a process miscounts only where an answer of the buffer was lost. */
const ALONE_EVERY_MS = 10_000
/** A longer queue than this is not counted anew for that. */
const MANY = 20_000

interface Log {
  error(details: object, message: string): void
  warn(details: object, message: string): void
}

/** Reads again what other processes may have changed: published versions, connections, warehouses. */
type Refresh = () => Promise<unknown>

/** The workers of other processes are woken along with this one's; without lanes they also look for new versions. */
function wakeAll(news: News): Engine['wake'] {
  const wakeLanes = wakeOthers(news)
  return lanes => {
    if (lanes) wakeLanes(lanes)
    else news.tell('plans', {})
  }
}

/** An engine that tells the workers of other processes when there is something to do. */
export function telling(engine: Engine, news: News): Engine {
  const wakeOtherProcesses = wakeAll(news)
  return {
    ...engine,
    wake(lanes) {
      engine.wake(lanes)
      wakeOtherProcesses(lanes)
    },
  }
}

/** The engine as a process sees it that works nothing itself: it wakes the workers, and hears of batches by the news. */
export function distantEngine(news: News, buffer: Pick<Buffer, 'count'>, refresh: Refresh, log: Log): Engine {
  let stopRefreshing: (() => Promise<void>) | undefined
  const wake = wakeAll(news)
  return {
    wake,
    async start() {
      await refresh()
      stopRefreshing = repeat(
        REFRESH_EVERY_MS,
        async () => void (await refresh()),
        error => log.error({ err: error }, 'workflows could not be read again'),
      )
    },
    async stop() {
      await stopRefreshing?.()
    },
    onBatch: () => () => {},
    async idle() {
      wake()
      while ((await buffer.count()) > 0) await new Promise(resolve => setTimeout(resolve, 20))
    },
  }
}

export interface NewsHearer {
  readonly news: News
  /** This process' own engine; absent where it has none. */
  readonly engine: Engine | undefined
  readonly buffer: Pick<Buffer, 'heard'>
  readonly intake: Pick<Intake, 'recount' | 'pending'>
  readonly refresh: Refresh
  readonly log: Log
}

/** Does what other processes ask for, and counts again what they accept and work off. @returns stops it */
export function hearOthers({ news, engine, buffer, intake, refresh, log }: NewsHearer): () => Promise<void> {
  const stops = [
    news.on('wake', message => {
      const { lanes } = message as { lanes: number[] }
      buffer.heard(lanes)
      engine?.wake(lanes)
    }),
    news.on('plans', () => {
      refresh().then(
        () => engine?.wake(),
        error => log.error({ err: error }, 'workflows could not be read again'),
      )
    }),
  ]
  let countedAt = 0
  const stopCounting = repeat(
    RECOUNT_EVERY_MS,
    async () => {
      // Alone it only puts right what a failure left; counting a long queue takes much reading.
      const isWellKnown = performance.now() - countedAt < ALONE_EVERY_MS || intake.pending() > MANY
      if (news.isAlone() && isWellKnown) return
      countedAt = performance.now()
      await intake.recount()
    },
    error => log.warn({ err: error }, 'the backlog could not be counted again'),
  )
  return async () => {
    for (const stop of stops) stop()
    await stopCounting()
  }
}
