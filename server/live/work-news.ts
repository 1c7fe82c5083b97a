import type { News } from '../cluster/news.ts'
import type { Engine } from '../engine/engine.ts'
import type { Plans } from '../engine/plan.ts'
import type { Intake } from '../intake/intake.ts'
import { type Decision, makeDecisionSample } from './decisions.ts'
import { addTally, emptyTally, type Tally, tallyOf } from './tally.ts'

const PAUSE_MS = 100
/** How often a page that is looked at makes itself known, and how long that holds. */
const WATCHED_EVERY_MS = 1_000
const WATCHED_MS = 3_000

/** What a process did since its last word of it. */
interface WorkNews {
  readonly tally: Tally
  readonly decisions: readonly Decision[]
}

export interface WorkTeller {
  readonly news: News
  readonly engine: Pick<Engine, 'onBatch'>
  readonly intake: Pick<Intake, 'onAccepted'>
  readonly plans: Plans
  readonly log: { error(details: object, message: string): void }
}

/**
 * Tells the other processes what this one accepted and decided, at most ten times a second, so that their live pages
 * show all of it. Decisions are put in words only while somebody looks.
 * @returns stops it
 */
export function tellWork({ news, engine, intake, plans, log }: WorkTeller): () => void {
  let tally: Tally | undefined
  let watchedUntil = 0
  const sample = makeDecisionSample(plans)
  const count = (more: Tally) => {
    tally ??= emptyTally()
    addTally(tally, more)
  }

  async function tell(): Promise<void> {
    if (!tally) return
    const told = tally
    tally = undefined
    news.tell('batch', { tally: told, decisions: await sample.take() } satisfies WorkNews)
  }

  const stops = [
    news.on('watched', () => {
      watchedUntil = Date.now() + WATCHED_MS
    }),
    intake.onAccepted(accepted => {
      if (!news.isAlone()) count({ ...emptyTally(), accepted })
    }),
    engine.onBatch(report => {
      if (news.isAlone()) return
      count(tallyOf(report))
      if (Date.now() < watchedUntil) sample.keep(report)
    }),
  ]
  const timer = setInterval(() => {
    tell().catch(error => log.error({ err: error }, 'other processes could not be told of decisions'))
  }, PAUSE_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    for (const stop of stops) stop()
  }
}

/** What other processes did. @returns stops listening */
export const onWork = (news: News, listener: (work: WorkNews) => void): (() => void) =>
  news.on('batch', message => listener(message as WorkNews))

/** Lets the other processes know now and then that somebody looks. @returns stops it */
export function tellWatched(news: News, isWatched: () => boolean): () => void {
  const timer = setInterval(() => {
    if (isWatched()) news.tell('watched', {})
  }, WATCHED_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
