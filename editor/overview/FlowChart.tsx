import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import type { Overview } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { live } from '../live/feed.ts'
import { PaceControl } from '../live/PaceControl.tsx'
import { useStore } from '../live/store.ts'
import { Loading } from '../parts/Loading.tsx'
import { Backlog } from './Backlog.tsx'
import css from './FlowChart.module.css'
import { FlowTable } from './FlowTable.tsx'
import { finding } from './finding.ts'

const FlowLines = lazy(async () => ({ default: (await import('./FlowLines.tsx')).FlowLines }))

/** The last two minutes of the flow under a title that says what they amount to; the figures behind it on demand. */
export function FlowChart({ totals }: { totals: Overview }): ReactElement {
  const { t } = useWords()
  const { latest, window } = useStore(live)
  const [asTable, setAsTable] = useState(false)
  const title = finding(window, latest?.backlog ?? 0, t)
  return (
    <section className={css.chart} aria-label={t('overview.chartHelp')}>
      <div className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {/* Beside the title and not in the line below, whose length changes every second. */}
        <span className={css.tools}>
          <PaceControl />
          <Button size="small" type="text" onClick={() => setAsTable(!asTable)}>
            {asTable ? t('overview.showChart') : t('overview.showTable')}
          </Button>
        </span>
      </div>
      <Backlog totals={totals} />
      <div className={css.body}>
        {asTable ? (
          <FlowTable window={window} />
        ) : (
          <Suspense fallback={<Loading rows={5} />}>
            <FlowLines window={window} title={title} />
          </Suspense>
        )}
      </div>
    </section>
  )
}
