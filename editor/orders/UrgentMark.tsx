import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './UrgentMark.module.css'

export function UrgentMark(): ReactElement {
  const { t } = useWords()
  return <span className={css.urgent}>{t('orders.urgent')}</span>
}
