import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import css from './Brand.module.css'

/** Mark and name: threads woven over and under. */
export function Brand(): ReactElement {
  const { t } = useWords()
  return (
    <Link to="/" className={css.brand}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="7" className={css.ground} />
        <path className={css.thread} d="M6 11h5M15 11h11M6 21h11M21 21h5M11 6v11M11 21v5M21 6v1M21 11v15" />
      </svg>
      <span>
        <span className={css.name}>{t('frame.product')}</span>
        <span className={css.workspace}>{t('frame.workspace')}</span>
      </span>
    </Link>
  )
}
