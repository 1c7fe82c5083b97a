import { Skeleton } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Loading.module.css'

/** Grey lines in the place of what is being read; shown only when reading takes long enough to notice. */
export function Loading({ rows = 6 }: { rows?: number }): ReactElement {
  const { t } = useWords()
  return (
    <div className={css.loading} role="status" aria-label={t('parts.loading')}>
      <Skeleton active title={false} paragraph={{ rows, width: '100%' }} />
    </div>
  )
}
