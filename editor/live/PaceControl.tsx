import { DownOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Popover } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Loading } from '../parts/Loading.tsx'
import css from './PaceControl.module.css'
import { paceText } from './pace-text.ts'
import { settingsQuery } from './settings.ts'

const PaceForm = lazy(async () => ({ default: (await import('./PaceForm.tsx')).PaceForm }))

/** How fast orders are decided at most, and the place to change it. */
export function PaceControl(): ReactElement | null {
  const { t } = useWords()
  const { data } = useQuery(settingsQuery)
  const [open, setOpen] = useState(false)
  if (!data) return null
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className={css.form}>
          <Suspense fallback={<Loading rows={3} />}>
            {/* Opened anew it begins with what holds now. */}
            {open && <PaceForm settings={data} onDone={() => setOpen(false)} />}
          </Suspense>
        </div>
      }
    >
      <Button size="small" type="text" aria-expanded={open} className={css.button ?? ''}>
        <span className={css.word}>{t('overview.pace')}</span> {paceText(data.drainPerSecond, t)}
        <DownOutlined aria-hidden className={css.arrow} />
      </Button>
    </Popover>
  )
}
