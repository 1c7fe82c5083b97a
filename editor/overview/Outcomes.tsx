import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { Overview } from '../api/contract.ts'
import { countText, shareText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { outcomeWord } from '../parts/code-words.ts'
import css from './Outcomes.module.css'

/** Bars that fit without scrolling; the rest is one click away among the orders. */
const SHOWN = 6

/** Where decided orders went, as bars with their figures. */
export function Outcomes({ totals }: { totals: Overview }): ReactElement {
  const { t, language } = useWords()
  const outcomes = totals.perOutcome.toSorted((a, b) => b.count - a.count).slice(0, SHOWN)
  const all = totals.perOutcome.reduce((sum, { count }) => sum + count, 0)
  const most = outcomes[0]?.count ?? 0
  return (
    <section className={css.outcomes}>
      <h2 className={css.title}>{t('overview.outcomesTitle')}</h2>
      {outcomes.length === 0 ? (
        <p className={css.none}>{t('overview.outcomesNone')}</p>
      ) : (
        <table className={css.table}>
          <thead className={css.unseen}>
            <tr>
              <th scope="col">{t('overview.outcomesTitle')}</th>
              <td aria-hidden="true" />
              <th scope="col">{t('overview.outcomeCount')}</th>
              <th scope="col">{t('overview.outcomeShare')}</th>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ outcome, count }) => (
              <tr key={outcome}>
                <th scope="row" className={css.name}>
                  {outcome ? (
                    <Link to={`/orders?outcome=${encodeURIComponent(outcome)}`}>
                      {outcomeWord(outcome, language)}
                    </Link>
                  ) : (
                    t('overview.outcomeOther')
                  )}
                </th>
                <td className={css.track} aria-hidden="true">
                  <span className={css.bar} style={{ width: `${Math.max((count / most) * 100, 1)}%` }} />
                </td>
                <td className={css.count}>{countText(count)}</td>
                <td className={css.share}>{shareText(count, all)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
