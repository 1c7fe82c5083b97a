import type { ReactElement } from 'react'
import type { Overview, Rates } from '../api/contract.ts'
import { rateText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { link, live } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import css from './RateFigures.module.css'

const figures = [
  { rate: 'accepted', word: 'overview.accepted', hint: 'overview.acceptedHint', total: 'overview.total' },
  { rate: 'decided', word: 'overview.decided', hint: 'overview.decidedHint', total: 'overview.total' },
  { rate: 'waiting', word: 'overview.waiting', hint: 'overview.waitingHint', total: 'overview.now' },
  { rate: 'failed', word: 'overview.failed', hint: 'overview.failedHint', total: 'overview.now' },
] as const

const silent: Rates = { accepted: 0, decided: 0, waiting: 0, failed: 0 }

/** The four figures of the flow: per second now, and what they come to. */
export function RateFigures({ totals }: { totals: Overview }): ReactElement {
  const { t } = useWords()
  const { latest } = useStore(live)
  const { state } = useStore(link)
  const rates = latest?.rates ?? silent
  return (
    <dl className={css.figures} data-stale={state === 'down'}>
      {figures.map(({ rate, word, hint, total }) => (
        <div
          key={rate}
          className={`${css.figure} ${css[rate] ?? ''}`}
          data-any={totals[rate] > 0}
          title={t(hint)}
        >
          <dt className={css.word}>{t(word)}</dt>
          <dd className={css.rate} data-testid={`rate-${rate}`}>
            {rateText(rates[rate])}
            <span className={css.unit}>{t('overview.perSecond')}</span>
          </dd>
          <dd className={css.total} data-testid={`total-${rate}`}>
            {t(total, { count: totals[rate] })}
          </dd>
        </div>
      ))}
    </dl>
  )
}
