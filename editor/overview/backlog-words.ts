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

/** The backlog in words: how many, how old, and how long it will last at `decidedPerSecond`. */
export function backlogWords(
  backlog: number,
  oldestMs: number,
  rates: { readonly accepted: number; readonly decided: number },
  t: T,
): BacklogWords {
  if (backlog <= 0) return { state: 'none', text: t('overview.backlogNone'), outlook: '' }
  const text = t('overview.backlogSome', { count: backlog, age: durationText(oldestMs, t) })
  const state = oldestMs >= LATE_MS ? 'late' : 'moving'
  const net = rates.decided - rates.accepted
  if (net > 0) {
    return {
      state,
      text,
      outlook: t('overview.backlogEta', { eta: durationText((backlog / net) * 1000, t) }),
    }
  }
  return { state, text, outlook: state === 'late' ? t('overview.backlogStuck') : '' }
}
