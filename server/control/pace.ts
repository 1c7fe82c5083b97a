import { repeat } from '../cluster/repeat.ts'
import type { Backlog } from '../intake/receipt.ts'

/** How the backlog moves. */
export interface Pace extends Backlog {
  /** Events worked off per second beyond those that came, lately; below 0 the backlog grows. */
  readonly netPerSecond: number
  /** Until the backlog is gone at this pace; 0 without one, null where it does not shrink. */
  readonly drainMs: number | null
}

/** Watches the backlog and tells how it moves. */
export interface PaceMeter {
  read(): Promise<Pace>
  close(): Promise<void>
}

const SAMPLE_MS = 1_000
/** A look counts e times less after so long: what was ten seconds ago hardly counts any more. */
const MEMORY_MS = 4_000
/** Slower than one event in ten seconds is no movement. */
const STILL_PER_SECOND = 0.1

/**
 * A mean of how fast the backlog shrinks, recent seconds counting more. What is decided minus what is accepted *is*
 * how fast the backlog shrinks, and the backlog is the same in every process, whichever did the work.
 */
export function movingPace() {
  let last: { pending: number; at: number } | undefined
  let mean = 0
  let weight = 0
  return {
    /** @param at milliseconds that never go back */
    look(pending: number, at: number): void {
      if (last && at > last.at) {
        const elapsed = at - last.at
        const kept = Math.exp(-elapsed / MEMORY_MS)
        mean = kept * mean + (1 - kept) * (((last.pending - pending) / elapsed) * 1_000)
        weight = kept * weight + (1 - kept)
      }
      // A backlog that is gone tells nothing about how fast the next one will go.
      if (pending === 0) {
        mean = 0
        weight = 0
      }
      if (!last || at > last.at) last = { pending, at }
    },
    /** Events per second the backlog shrinks by; 0 as long as nothing is known. */
    netPerSecond: () => (weight === 0 ? 0 : mean / weight),
  }
}

export function paceOf(backlog: Backlog, netPerSecond: number): Pace {
  const { pending } = backlog
  const drainMs =
    pending === 0 ? 0 : netPerSecond < STILL_PER_SECOND ? null : (pending / netPerSecond) * 1_000
  return { ...backlog, netPerSecond: pending === 0 ? 0 : netPerSecond, drainMs }
}

/** Looks at the backlog once a second, so that whoever asks gets a pace and not only a number. */
export function paceMeter(
  backlog: () => Promise<Backlog>,
  log: { error(details: object, message: string): void },
): PaceMeter {
  const moving = movingPace()

  async function look(): Promise<Backlog> {
    const found = await backlog()
    moving.look(found.pending, performance.now())
    return found
  }

  const stop = repeat(
    SAMPLE_MS,
    async () => void (await look()),
    error => log.error({ err: error }, 'the backlog could not be counted'),
  )

  return {
    read: async () => paceOf(await look(), moving.netPerSecond()),
    close: stop,
  }
}
