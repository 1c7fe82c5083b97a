import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { backward, type CursorTrail, forward } from './cursor-pages.ts'
import css from './Pager.module.css'

/** Previous and next of a list whose server pages by cursor; nothing while all fits on one page. */
export function Pager(props: {
  trail: CursorTrail
  next: string | undefined
  rows: number
  onMove: (trail: CursorTrail) => void
}): ReactElement | null {
  const { t } = useWords()
  const { trail, next } = props
  if (trail.length === 1 && !next) return null
  return (
    <div className={css.pager}>
      <span>{t('parts.rowsPerPage', { count: props.rows })}</span>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        disabled={trail.length === 1}
        onClick={() => props.onMove(backward(trail))}
      >
        {t('parts.previousPage')}
      </Button>
      <span className={css.page}>{t('parts.pageNumber', { n: trail.length })}</span>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!next}
        onClick={() => next && props.onMove(forward(trail, next))}
      >
        {t('parts.nextPage')}
      </Button>
    </div>
  )
}
