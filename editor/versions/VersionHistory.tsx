import { CheckCircleFilled, ClockCircleOutlined, EditOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { VersionSummary } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import type { Side } from './queries.ts'
import css from './VersionHistory.module.css'

/** The draft and every published version, newest first: when, by whom, why, and what still waits on it. */
export function VersionHistory(props: {
  versions: readonly VersionSummary[]
  live: number | undefined
  chosen: Side
  onChoose: (side: Side) => void
}): ReactElement {
  const { t } = useWords()
  const { versions, live, chosen, onChoose } = props
  return (
    <nav className={css.history} aria-label={t('versions.history')}>
      <ol>
        <li>
          <button
            type="button"
            className={css.version}
            aria-pressed={chosen === 'draft'}
            onClick={() => onChoose('draft')}
          >
            <span className={css.number}>
              <EditOutlined aria-hidden /> {t('versions.draft')}
            </span>
            <span className={css.soft}>{t('versions.draftText')}</span>
          </button>
        </li>
        {versions.map(({ version, at, by, note, parked }) => (
          <li key={version}>
            <button
              type="button"
              className={css.version}
              aria-pressed={chosen === version}
              onClick={() => onChoose(version)}
            >
              <span className={css.number}>
                {t('versions.version', { n: version })}{' '}
                {version === live && (
                  <span className={css.live}>
                    <CheckCircleFilled aria-hidden /> {t('versions.live')}
                  </span>
                )}
              </span>
              <span className={css.soft}>
                <Moment at={at} /> {by}
              </span>
              {note && <span className={css.note}>{note}</span>}
              {parked > 0 && (
                <span className={css.parked}>
                  <ClockCircleOutlined aria-hidden /> {t('versions.waiting', { count: parked })}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
