import type { BatchReport } from '../engine/batch-report.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plan, Plans } from '../engine/plan.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Store } from '../store/store.ts'
import { type Decision, decisionOf, speaker } from './decision.ts'
import { storedDecisions } from './stored-decisions.ts'

/** Hands decisions to callers that wait for them. While nobody waits it does nothing. */
export interface AwaitedDecisions {
  /** Begins to wait for all of these events; called before they are handed in, so that no decision is missed. */
  wait(events: readonly string[], ms: number): Awaited
  /** Whoever waits is told that there is no decision yet. */
  close(): void
}

/** Events somebody waits for. */
export interface Awaited {
  /** The decisions by event; null when they were not all made in time. */
  readonly made: Promise<ReadonlyMap<string, Decision> | null>
  /** Some of the events came before: the store is asked what became of them. */
  lookUp(): void
  /** They were not taken: nobody waits any more. */
  forget(): void
}

export interface AwaitedDecisionsContext {
  readonly engine: Pick<Engine, 'onBatch'>
  readonly store: Store
  readonly plans: Plans
  readonly log: { error(details: object, message: string): void }
  /** Whether other processes work events, too: only the store knows what they decided. */
  readonly isWorkedElsewhere: () => boolean
}

interface Waiter {
  readonly missing: Set<string>
  readonly made: Map<string, Decision>
  readonly until: number
  resolve: (made: ReadonlyMap<string, Decision> | null) => void
}

/** One sweep for all who wait: it ends what took too long, and asks the store for what others decided. */
const SWEEP_MS = 50
/** Events asked about in one sweep; the others' turn comes with the next. */
const ASKED_AT_ONCE = 1_000

export function awaitedDecisions(context: AwaitedDecisionsContext): AwaitedDecisions {
  const { engine, plans, log } = context
  const waiters = new Set<Waiter>()
  const byEvent = new Map<string, Set<Waiter>>()
  let sweeper: NodeJS.Timeout | undefined
  let asking = false
  let askedUpTo = 0

  function enter(waiter: Waiter): void {
    if (waiter.missing.size === 0) {
      waiter.resolve(waiter.made)
      return
    }
    waiters.add(waiter)
    for (const event of waiter.missing) {
      const interested = byEvent.get(event)
      if (interested) interested.add(waiter)
      else byEvent.set(event, new Set([waiter]))
    }
    if (sweeper) return
    sweeper = setInterval(sweep, SWEEP_MS)
    sweeper.unref()
  }

  function leave(waiter: Waiter, made: Waiter['made'] | null): void {
    waiters.delete(waiter)
    for (const event of waiter.missing) {
      const others = byEvent.get(event)
      others?.delete(waiter)
      if (others?.size === 0) byEvent.delete(event)
    }
    waiter.resolve(made)
    if (waiters.size > 0) return
    clearInterval(sweeper)
    sweeper = undefined
  }

  function settle(event: string, decision: Decision): void {
    const interested = byEvent.get(event)
    if (!interested) return
    byEvent.delete(event)
    for (const waiter of interested) {
      waiter.made.set(event, decision)
      waiter.missing.delete(event)
      if (waiter.missing.size === 0) leave(waiter, waiter.made)
    }
  }

  async function settleBatch(report: BatchReport): Promise<void> {
    const speaking = new Map<string, RunDoc>()
    for (const run of report.runs)
      if (byEvent.has(run.event)) speaking.set(run.event, speaker(speaking.get(run.event), run))
    for (const [event, run] of speaking)
      settle(event, decisionOf(run, report.orders.get(run.order), await planFor(run)))
  }

  let latest: { id: string; plan: Plan | undefined } = { id: '', plan: undefined }
  /** Runs of a batch are mostly of one version. */
  async function planFor({ workflow, version }: RunDoc): Promise<Plan | undefined> {
    const id = `${workflow}@${version}`
    if (latest.id !== id) latest = { id, plan: await plans.get(id).catch(() => undefined) }
    return latest.plan
  }

  // The orders are safe: their callers wait on, and are told that there is no decision yet.
  const unread = (error: unknown) => log.error({ err: error }, 'awaited decisions could not be read')

  async function ask(events: readonly string[]): Promise<void> {
    for (const [event, decision] of await storedDecisions(context, events)) settle(event, decision)
  }

  function sweep(): void {
    const now = performance.now()
    for (const waiter of waiters) if (waiter.until <= now) leave(waiter, null)
    if (asking || byEvent.size === 0 || !context.isWorkedElsewhere()) return
    const waiting = [...byEvent.keys()]
    if (askedUpTo >= waiting.length) askedUpTo = 0
    const asked = waiting.slice(askedUpTo, askedUpTo + ASKED_AT_ONCE)
    askedUpTo += ASKED_AT_ONCE
    asking = true
    ask(asked)
      .catch(unread)
      .finally(() => {
        asking = false
      })
  }

  const stopListening = engine.onBatch(report => {
    if (waiters.size === 0) return
    settleBatch(report).catch(error => log.error({ err: error }, 'an awaited decision could not be told'))
  })

  return {
    wait(events, ms) {
      const missing = new Set(events)
      const waiter: Waiter = { missing, made: new Map(), until: performance.now() + ms, resolve: () => {} }
      const made = new Promise<ReadonlyMap<string, Decision> | null>(resolve => {
        waiter.resolve = resolve
      })
      enter(waiter)
      return {
        made,
        lookUp: () => void ask([...missing]).catch(unread),
        forget: () => leave(waiter, null),
      }
    },
    close() {
      stopListening()
      for (const waiter of waiters) leave(waiter, null)
    },
  }
}
