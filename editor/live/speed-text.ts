import { durationText } from '../format/time.ts'
import type { T } from '../i18n/i18n.ts'

/** A time as short as a step takes: 12 毫秒, or whole seconds once it is that long. */
export function speedText(ms: number, t: T): string {
  if (ms < 1) return t('runs.underMillisecond')
  return ms < 1_000 ? t('runs.milliseconds', { n: Math.round(ms) }) : durationText(ms, t)
}
