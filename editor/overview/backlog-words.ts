import { durationText } from '../format/time.ts'
import type { T } from '../i18n/i18n.ts'

/** An order that waits longer than this to be decided is worth a warning. */
const LATE_MS = 60_000

export interface BacklogWords {
  readonly state: 'none' | 'moving' | 'late'
  readonly text: string
  /** When it will be cleared, or that it will not. */
  readonly outlook: string
}

/** Slower than one order in ten seconds is no movement. */
const STILL = 0.1

/**
 * The backlog in words: how many, how old, and how long it will last.
 * @param netPerSecond orders worked off per second beyond those that come; below 0 it grows
 */
export function backlogWords(backlog: number, oldestMs: number, netPerSecond: number, t: T): BacklogWords {
  if (backlog <= 0) return { state: 'none', text: t('overview.backlogNone'), outlook: '' }
  const text = t('overview.backlogSome', { count: backlog, age: durationText(oldestMs, t) })
  const state = oldestMs >= LATE_MS ? 'late' : 'moving'
  if (netPerSecond > STILL) {
    return {
      state,
      text,
      outlook: t('overview.backlogEta', { eta: durationText((backlog / netPerSecond) * 1000, t) }),
    }
  }
  if (netPerSecond < -STILL) return { state, text, outlook: t('overview.backlogGrowing') }
  return { state, text, outlook: state === 'late' ? t('overview.backlogStuck') : '' }
}
