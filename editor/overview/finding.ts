import { countText, rateText, shareText } from '../format/number.ts'
import type { T } from '../i18n/i18n.ts'
import { meanRates, type RateWindow, WINDOW_SECONDS } from '../live/rate-window.ts'

/** Orders that fail are worth the headline from this share on. */
const WORRYING_SHARE = 0.01
/** Coming and deciding differ when they differ by more than this share. */
const DIFFERENT = 0.1
/** A backlog is worth the headline from this many seconds of work on; less comes and goes with every burst. */
const WORTH_SECONDS = 5
/** The pace of the last seconds tells whether a backlog grows, not that of two minutes ago. */
const RECENT_SECONDS = 20

/** The title of the flow chart: what the last two minutes amount to, as one sentence. */
export function finding(window: RateWindow, backlog: number, t: T): string {
  const mean = meanRates(window)
  if (!mean) return t('overview.findingSilent')
  const span = spanText(window, t)
  const reported = window.filter(entry => entry.rates).length
  const failed = Math.round(mean.failed * reported)
  const concluded = (mean.decided + mean.failed) * reported
  if (failed > 0 && failed >= concluded * WORRYING_SHARE) {
    return t('overview.findingFailing', {
      span,
      failed: countText(failed),
      share: shareText(failed, concluded),
    })
  }
  if (mean.accepted === 0 && mean.decided === 0) return t('overview.findingQuiet', { span })
  const recent = meanRates(window.slice(-RECENT_SECONDS)) ?? mean
  const recentRates = { accepted: rateText(recent.accepted), decided: rateText(recent.decided) }
  const isBehind = backlog > recent.decided * WORTH_SECONDS
  if (isBehind && recent.accepted > recent.decided * (1 + DIFFERENT)) {
    return t('overview.findingGrowing', recentRates)
  }
  if (isBehind && recent.decided > recent.accepted * (1 + DIFFERENT)) {
    return t('overview.findingDraining', recentRates)
  }
  return t('overview.findingSteady', {
    span,
    accepted: rateText(mean.accepted),
    decided: rateText(mean.decided),
  })
}

function spanText(window: RateWindow, t: T): string {
  return window.length >= WINDOW_SECONDS
    ? t('overview.spanMinutes', { minutes: WINDOW_SECONDS / 60 })
    : t('overview.span', { seconds: window.length })
}
