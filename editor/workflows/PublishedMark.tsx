import { CheckCircleFilled, EditOutlined, PauseCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { Published } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import css from './PublishedMark.module.css'

/** Whether a workflow is at work, in which version and since when. */
export function PublishedMark(props: { published: Published | undefined; paused: boolean }): ReactElement {
  const { t } = useWords()
  const { published, paused } = props
  if (!published) {
    return (
      <span className={css.draft}>
        <EditOutlined aria-hidden /> {t('workflows.draftOnly')}
      </span>
    )
  }
  return (
    <span className={css.mark}>
      {paused ? (
        <span className={css.paused}>
          <PauseCircleFilled aria-hidden /> {t('workflows.paused', { n: published.version })}
        </span>
      ) : (
        <span className={css.published}>
          <CheckCircleFilled aria-hidden /> {t('workflows.published', { n: published.version })}
        </span>
      )}{' '}
      <span className={css.at}>
        <Moment at={published.at} />
      </span>
    </span>
  )
}
