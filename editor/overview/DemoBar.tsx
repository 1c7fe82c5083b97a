import { Button, Progress } from 'antd'
import type { ReactElement } from 'react'
import type { DemoState } from '../api/contract.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './DemoBar.module.css'
import { useStopDemo } from './demo.ts'

/** How far the demo shop is, while it sends. */
export function DemoBar({ demo }: { demo: DemoState }): ReactElement {
  const { t } = useWords()
  const stop = useStopDemo()
  const percent = demo.total > 0 ? Math.floor((demo.sent / demo.total) * 100) : 0
  return (
    <section className={css.bar} aria-label={t('overview.demoRunning')}>
      <span>{t('overview.demoRunning')}</span>
      <Progress
        className={css.progress}
        percent={percent}
        showInfo={false}
        size="small"
        aria-label={t('overview.demoRunning')}
      />
      <span className={css.far}>
        {t('overview.demoProgress', { sent: countText(demo.sent), total: countText(demo.total) })}
      </span>
      <Button size="small" loading={stop.isPending} onClick={() => stop.mutate()}>
        {t('overview.demoStop')}
      </Button>
    </section>
  )
}
