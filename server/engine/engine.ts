import type { Intake } from '../intake/intake.ts'
import { acquireLane, LaneLostError } from '../store/lane-lease.ts'
import { LANES } from '../store/lanes.ts'
import type { BatchContext } from './batch.ts'
import type { BatchReport } from './batch-report.ts'
import { type LaneWorker, laneWorker, SetAsideError } from './lane-worker.ts'

const BATCH_SIZE = 500
/** Some batches wait for the store while others compute. */
const BATCHES_AT_ONCE = 4
/** How often a lane is looked at without being woken: for what other processes accepted. */
const POLL_MS = 1_000
const RENEW_MS = 3_000
const BACKOFF_MS = [50, 200, 500, 1_000, 1_000, 5_000]

export interface Engine {
  start(): Promise<void>
  /** Finishes the batches at hand and gives the lanes back. */
  stop(): Promise<void>
  /** There is work in these lanes (in all where absent): look now. */
  wake(lanes?: Iterable<number>): void
  onBatch(listener: (report: BatchReport) => void): () => void
  /** Events worked per second at most; 0 is no limit. */
  readonly drain: { perSecond: number }
  /** Resolves when nothing is pending and no batch is under way. */
  idle(): Promise<void>
}

export interface EngineContext extends BatchContext {
  readonly log: {
    error(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** The intake counts what is worked off. */
  readonly intake: Pick<Intake, 'worked'>
}

export function createEngine(context: EngineContext, drainPerSecond = 0): Engine {
  const listeners = new Set<(report: BatchReport) => void>()
  const drain = { perSecond: drainPerSecond }
  const wakers = new Map<number, () => void>()
  const awake = new Set<number>()
  const permit = semaphore(BATCHES_AT_ONCE)
  const allowance = rate(() => drain.perSecond)
  let stopping = false
  let loops: Promise<void>[] = []
  let refresher: NodeJS.Timeout | undefined

  const wake = (lanes: Iterable<number> = Array.from({ length: LANES }, (_, lane) => lane)) => {
    for (const lane of lanes) {
      awake.add(lane)
      wakers.get(lane)?.()
    }
  }

  /** Sleeps until woken or until the time is over. */
  const rest = (lane: number, ms: number) =>
    new Promise<void>(resolve => {
      if (stopping || awake.delete(lane)) return resolve()
      const done = () => {
        clearTimeout(timer)
        wakers.delete(lane)
        awake.delete(lane)
        resolve()
      }
      const timer = setTimeout(done, ms)
      wakers.set(lane, done)
    })

  async function workLane(lane: number): Promise<void> {
    while (!stopping) {
      const lease = await acquireLane(context.store, lane).catch(error => {
        context.log.error({ err: error, lane }, 'a lane could not be acquired')
        return null
      })
      if (!lease) {
        await rest(lane, POLL_MS)
        continue
      }
      const renewing = setInterval(() => {
        lease.renew().catch(error => context.log.warn({ err: error, lane }, 'a lease could not be renewed'))
      }, RENEW_MS)
      try {
        await workTurns(lane, laneWorker(context, lease))
        await lease.release()
      } catch (error) {
        if (!(error instanceof LaneLostError)) throw error
        context.log.warn({ lane }, 'a lane was taken over by another worker')
      } finally {
        clearInterval(renewing)
      }
    }
  }

  /** @throws {LaneLostError} only */
  async function workTurns(lane: number, worker: LaneWorker): Promise<void> {
    let failures = 0
    while (!stopping) {
      awake.delete(lane)
      const limit = await allowance(BATCH_SIZE)
      try {
        const report = await permit(() => worker.turn(limit))
        failures = 0
        if (!report) {
          await rest(lane, POLL_MS)
          continue
        }
        context.intake.worked(report.events)
        for (const listener of listeners) listener(report)
      } catch (error) {
        if (error instanceof LaneLostError) throw error
        if (error instanceof SetAsideError) context.intake.worked(1)
        context.log.error({ err: error, lane, failures }, 'a batch failed and is tried again')
        await rest(lane, BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]!)
      }
    }
  }

  return {
    drain,
    wake,
    async start() {
      await Promise.all([context.plans.refresh(), context.places.refresh()])
      refresher = setInterval(() => {
        Promise.all([context.plans.refresh(), context.places.refresh()]).catch(error =>
          context.log.error({ err: error }, 'workflows could not be read again'),
        )
      }, 5_000)
      loops = Array.from({ length: LANES }, (_, lane) => workLane(lane))
    },
    async stop() {
      stopping = true
      clearInterval(refresher)
      wake()
      await Promise.all(loops)
    },
    onBatch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async idle() {
      wake()
      while ((await context.store.events.countDocuments({ state: 'pending' })) > 0)
        await new Promise(resolve => setTimeout(resolve, 20))
    },
  }
}

function semaphore(places: number) {
  let free = places
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}

/** Hands out how many events may be worked now; waits while the second's allowance is used up. */
function rate(perSecond: () => number) {
  let second = 0
  let used = 0
  return async (wanted: number): Promise<number> => {
    const limit = perSecond()
    if (limit === 0) return wanted
    for (;;) {
      const now = Math.floor(Date.now() / 1_000)
      if (now !== second) {
        second = now
        used = 0
      }
      const granted = Math.min(wanted, limit - used)
      if (granted > 0) {
        used += granted
        return granted
      }
      await new Promise(resolve => setTimeout(resolve, 1_000 - (Date.now() % 1_000)))
    }
  }
}
