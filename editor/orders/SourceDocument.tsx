import type { ReactElement } from 'react'
import { printExact } from '../api/exact-json.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import css from './OrderPanel.module.css'

/** What the channel sent, digit for digit. */
export function SourceDocument({ source }: { source: unknown }): ReactElement {
  const { t } = useWords()
  if (source === undefined || source === null) return <p className={css.why}>{t('orders.noSource')}</p>
  const text = printExact(source, 2)
  return (
    <details className={css.source}>
      <summary>{t('orders.source')}</summary>
      <p className={css.why}>
        {t('orders.sourceWhy')}
        <CopyButton text={text} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <pre className={css.document} tabIndex={0}>
        {text}
      </pre>
    </details>
  )
}
