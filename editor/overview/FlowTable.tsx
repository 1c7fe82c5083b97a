import type { ReactElement } from 'react'
import { rateText } from '../format/number.ts'
import { clockText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { averages, type RateWindow } from '../live/rate-window.ts'
import css from './FlowChart.module.css'

const WIDTH_SECONDS = 10

/** The figures behind the flow chart. */
export function FlowTable({ window }: { window: RateWindow }): ReactElement {
  const { t } = useWords()
  return (
    // The table scrolls inside the chart's frame; with a tab stop the keyboard can scroll it too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('overview.tableCaption')}>
      <table className={css.table}>
        <caption className={css.caption}>{t('overview.tableCaption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.tableTime')}</th>
            <th scope="col">{t('overview.accepted')}</th>
            <th scope="col">{t('overview.decided')}</th>
            <th scope="col">{t('overview.waiting')}</th>
            <th scope="col">{t('overview.failed')}</th>
          </tr>
        </thead>
        <tbody>
          {averages(window, WIDTH_SECONDS).map(({ second, rates }) => (
            <tr key={second}>
              <th scope="row">{clockText(second * 1000)}</th>
              {rates ? (
                <>
                  <td>{rateText(rates.accepted)}</td>
                  <td>{rateText(rates.decided)}</td>
                  <td>{rateText(rates.waiting)}</td>
                  <td>{rateText(rates.failed)}</td>
                </>
              ) : (
                <td colSpan={4}>{t('overview.noData')}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
