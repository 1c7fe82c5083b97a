import dayjs, { type Dayjs } from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import type { T } from '../i18n/i18n.ts'

dayjs.extend(utc)
dayjs.extend(timezone)

/** Days of the business are days of this zone, wherever the browser stands. */
const ZONE = 'Asia/Shanghai'

export type Instant = string | number | Date

function inZone(instant: Instant): Dayjs {
  return dayjs(instant).tz(ZONE)
}

/** 今天 14:03 · 昨天 09:12 · 11月20日 14:03 · 2025年11月20日 14:03 */
export function momentText(instant: Instant, t: T, now: Instant = Date.now()): string {
  const at = inZone(instant)
  if (!at.isValid()) return t('time.unknown')
  const today = inZone(now)
  const time = at.format('HH:mm')
  if (at.isSame(today, 'day')) return t('time.today', { time })
  if (at.isSame(today.subtract(1, 'day'), 'day')) return t('time.yesterday', { time })
  const day = at.isSame(today, 'year') ? t('time.dayFormat') : t('time.dayYearFormat')
  return `${at.format(day)} ${time}`
}

/** 14:03:21, for rows that follow each other by seconds. */
export function clockText(instant: Instant): string {
  return inZone(instant).format('HH:mm:ss')
}

/** The whole instant with its zone: what stands behind every short time. */
export function fullInstant(instant: Instant): string {
  const at = inZone(instant)
  return at.isValid() ? at.format('YYYY-MM-DD HH:mm:ss.SSS [UTC]Z') : String(instant)
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** 3 小时 20 分: the two largest units, cut and never rounded up, so that no limit seems passed too early. */
export function durationText(ms: number, t: T): string {
  if (ms < SECOND) return t('time.underSecond')
  const parts =
    ms < MINUTE
      ? [t('time.seconds', { n: Math.floor(ms / SECOND) })]
      : ms < HOUR
        ? [
            t('time.minutes', { n: Math.floor(ms / MINUTE) }),
            rest(ms % MINUTE, SECOND, n => t('time.seconds', { n })),
          ]
        : ms < DAY
          ? [
              t('time.hours', { n: Math.floor(ms / HOUR) }),
              rest(ms % HOUR, MINUTE, n => t('time.minutes', { n })),
            ]
          : [t('time.days', { n: Math.floor(ms / DAY) }), rest(ms % DAY, HOUR, n => t('time.hours', { n }))]
  return parts.filter(part => part !== '').join(' ')
}

function rest(ms: number, unit: number, say: (n: number) => string): string {
  const n = Math.floor(ms / unit)
  return n > 0 ? say(n) : ''
}
