import { CheckCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Findings.module.css'
import type { TableView } from './use-view.ts'

/** What the table is found to do before any order does it: rows that never win, orders without a row, overlaps. */
export function Findings({ view }: { view: TableView }): ReactElement | null {
  const { findings, analysis, kept } = view
  const { t } = useWords()
  if (kept.length === 0) return null
  if (!findings || !analysis) return <p className={css.soft}>{t('tables.analysing')}</p>
  const { dead, gap, overlaps, waiting } = findings
  const isClear = dead.size + overlaps.length + waiting === 0 && !gap && analysis.isComplete
  return (
    <section className={css.findings} aria-label={t('tables.checkTitle')}>
      <h3 className={css.title}>{t('tables.checkTitle')}</h3>
      {isClear && (
        <p className={css.ok}>
          <CheckCircleFilled /> {t('tables.allClear')}
        </p>
      )}
      {gap && (
        <p className={gap.isWarning ? css.warn : css.info}>
          {gap.isWarning ? <ExclamationCircleFilled /> : <InfoCircleFilled />} {gap.words}
          {t('tables.stop')}
          {gap.example}
        </p>
      )}
      {waiting > 0 && (
        <p className={css.info}>
          <InfoCircleFilled /> {t('tables.waiting', { count: waiting })}
        </p>
      )}
      {overlaps.length > 0 && (
        <details className={css.info}>
          <summary>{t('tables.showOverlaps', { count: overlaps.length })}</summary>
          <ul className={css.list}>
            {overlaps.map(words => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          {analysis.hasMoreOverlaps && <p>{t('tables.moreOverlaps')}</p>}
        </details>
      )}
      {!analysis.isComplete && (
        <p className={css.info}>
          <InfoCircleFilled /> {t('tables.incomplete')}
        </p>
      )}
    </section>
  )
}
