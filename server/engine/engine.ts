import type { Intake } from '../intake/intake.ts'
import { acquireLane, type LaneLease, LaneLostError, RENEW_MS } from '../store/lane-lease.ts'
import { LANES } from '../store/lanes.ts'
import type { BatchContext } from './batch.ts'
import type { BatchReport } from './batch-report.ts'
import { crewsAtWork } from './crews-at-work.ts'
import { drainRate } from './drain-rate.ts'
import { gate } from './gate.ts'
import { createLanePool } from './lane-pool.ts'
import { SetAsideError } from './lane-worker.ts'

/** Larger ones hold so many objects at once that collecting garbage costs more than what a batch shares. */
const BATCH_SIZE = 256
/** While some crews wait for the store, others compute. */
const CREWS = 8
/** While less waits, one crew at a time works all lanes. */
const LITTLE = 2 * BATCH_SIZE
/** How often a crew looks for work without being woken: for what other processes accepted. */
const POLL_MS = 1_000
const RECOUNT_MS = 1_000
const BACKOFF_MS = [50, 200, 500, 1_000, 1_000, 5_000]
const ALL_LANES = Array.from({ length: LANES }, (_, lane) => lane)

export interface Engine {
  start(): Promise<void>
  /** Finishes the batches at hand and gives the lanes back. */
  stop(): Promise<void>
  /** There is work in these lanes (in all where absent): look now. */
  wake(lanes?: Iterable<number>): void
  onBatch(listener: (report: BatchReport) => void): () => void
  /** Resolves when nothing is pending and no batch is under way. */
  idle(): Promise<void>
}

export interface EngineContext extends BatchContext {
  readonly log: {
    error(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** The intake counts what is worked off. */
  readonly intake: Pick<Intake, 'worked' | 'recount' | 'pending' | 'onAccepted'>
  /** How many lanes this process should hold at most now; all, where it is the only one. */
  readonly mostLanes?: () => number
  /** How many events this process may work per second now; 0 is no limit. */
  readonly drainPerSecond?: () => number
}

export function createEngine(context: EngineContext): Engine {
  const listeners = new Set<(report: BatchReport) => void>()
  const allowance = drainRate(context.drainPerSecond ?? (() => 0))
  const pool = createLanePool(context)
  const leases = new Map<number, LaneLease>()
  const naps = Array.from({ length: CREWS }, nap)
  const working = crewsAtWork({ all: CREWS, little: LITTLE })
  const turns = gate(() => working.most(context.intake.pending()))
  /** Lanes to be given back when no crew works them. */
  const leaving = new Set<number>()
  let countedAt = 0
  let stopping = false
  let loops: Promise<void>[] = []
  let stewarding: Promise<void> = Promise.resolve()
  let timers: NodeJS.Timeout[] = []
  let stopListening = () => {}

  const wake = (lanes: Iterable<number> = ALL_LANES) => {
    for (const crew of new Set(Array.from(lanes, lane => lane % CREWS))) naps[crew]!.wake()
  }

  /** Takes what this process should hold and does not, and marks what it should give back. */
  async function steward(): Promise<void> {
    const most = Math.min(LANES, context.mostLanes?.() ?? LANES)
    for (const [lane] of [...leases].slice(most)) leaving.add(lane)
    for (const lane of ALL_LANES) {
      if (stopping || leases.size >= most) break
      if (leases.has(lane)) continue
      const lease = await acquireLane(context.store, lane)
      if (!lease) continue
      leases.set(lane, lease)
      pool.join(lease)
      wake([lane])
    }
  }

  /** Renews every lease; a lane that was lost is dropped. */
  async function renew(): Promise<void> {
    await Promise.all(
      Array.from(leases, async ([lane, lease]) => {
        try {
          await lease.renew()
        } catch (error) {
          if (!(error instanceof LaneLostError)) throw error
          context.log.warn({ lane }, 'a lane was taken over by another worker')
          if (leases.get(lane) !== lease) return
          leases.delete(lane)
          leaving.delete(lane)
          pool.leave(lane)
        }
      }),
    )
  }

  async function lookAfterLanes(): Promise<void> {
    try {
      await renew()
      await steward()
    } catch (error) {
      context.log.error({ err: error }, 'lanes could not be looked after')
    }
  }

  async function giveBack(): Promise<void> {
    const given = pool.giveUp(lane => stopping || leaving.has(lane))
    for (const { lane } of given) {
      leaving.delete(lane)
      leases.delete(lane)
    }
    for (const lease of given) await lease.release()
  }

  /** While little waits a crew works all there is; else each has its own lanes, so that all have something to do. */
  function lanesOf(crew: number): ((lane: number) => boolean) | undefined {
    return context.intake.pending() < LITTLE ? undefined : lane => lane % CREWS === crew
  }

  /** A batch that failed after its last write was worked and not counted: with nothing left to do, that is put right. */
  async function recount(): Promise<void> {
    if (context.intake.pending() === 0 || performance.now() - countedAt < RECOUNT_MS) return
    countedAt = performance.now()
    await context.intake.recount()
  }

  async function work(crew: number, rest: Nap): Promise<void> {
    let failures = 0
    while (!stopping) {
      try {
        if (leaving.size > 0) await giveBack()
        const granted = await allowance.take(BATCH_SIZE)
        rest.begin()
        await turns.enter()
        const report = await pool.turn(granted, lanesOf(crew)).finally(turns.leave)
        failures = 0
        allowance.giveBack(granted - (report?.events ?? 0))
        if (!report) {
          await recount()
          await rest.until(POLL_MS)
          continue
        }
        context.intake.worked(report.events)
        working.decided(report.events)
        for (const listener of listeners) listener(report)
      } catch (error) {
        if (error instanceof SetAsideError) context.intake.worked(1)
        if (error instanceof LaneLostError) await renew().catch(() => undefined)
        context.log.error({ err: error, failures }, 'a batch failed and is tried again')
        await rest.until(BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]!)
      }
    }
  }

  return {
    wake,
    async start() {
      await Promise.all([context.plans.refresh(), context.places.refresh()])
      const refresh = () =>
        Promise.all([context.plans.refresh(), context.places.refresh()]).catch(error =>
          context.log.error({ err: error }, 'workflows could not be read again'),
        )
      const look = () => {
        stewarding = stewarding.then(lookAfterLanes)
      }
      stopListening = context.intake.onAccepted(working.accepted)
      look()
      timers = [setInterval(refresh, 5_000), setInterval(look, RENEW_MS)]
      loops = naps.map((rest, crew) => work(crew, rest))
    },
    async stop() {
      stopping = true
      stopListening()
      for (const timer of timers) clearInterval(timer)
      wake()
      await stewarding
      await Promise.all(loops)
      await giveBack()
    },
    onBatch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async idle() {
      wake()
      while ((await context.buffer.count()) > 0) await new Promise(resolve => setTimeout(resolve, 20))
    },
  }
}

/** A rest that ends when its time is over, or at once when something came since it was begun. */
interface Nap {
  /** From here on a call wakes the next rest. */
  begin(): void
  wake(): void
  until(ms: number): Promise<void>
}

function nap(): Nap {
  let called = false
  let end: (() => void) | undefined
  return {
    begin() {
      called = false
    },
    wake() {
      called = true
      end?.()
    },
    until: ms =>
      new Promise(resolve => {
        if (called) return resolve()
        const timer = setTimeout(done, ms)
        function done() {
          clearTimeout(timer)
          end = undefined
          resolve()
        }
        end = done
      }),
  }
}
