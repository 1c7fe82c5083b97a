import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { overviewQuery } from '../api/overview.ts'
import { useWords } from '../i18n/use-words.ts'
import { live } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Attention } from './Attention.tsx'
import { Decisions } from './Decisions.tsx'
import { DemoBar } from './DemoBar.tsx'
import { useDemo } from './demo.ts'
import { EmptyShop } from './EmptyShop.tsx'
import { FlowChart } from './FlowChart.tsx'
import { Outcomes } from './Outcomes.tsx'
import css from './OverviewPage.module.css'
import { RateFigures } from './RateFigures.tsx'

/** 总览: the live flow of orders, what is jammed, where orders went, and why. */
export function OverviewPage(): ReactElement {
  const { t } = useWords()
  const overview = useQuery({ ...overviewQuery, refetchInterval: 3_000 })
  const demo = useDemo()
  const { latest } = useStore(live)

  const totals = overview.data
  if (!totals) {
    return (
      <>
        <PageHead title={t('frame.overview')} />
        {overview.isError ? (
          <Failed failure={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          <Loading rows={10} />
        )}
      </>
    )
  }

  const untouched = totals.accepted === 0 && totals.orders === 0 && (latest?.totals.accepted ?? 0) === 0
  return (
    <div className={css.page}>
      <PageHead title={t('frame.overview')} />
      {demo?.running && <DemoBar demo={demo} />}
      {untouched && !demo?.running ? (
        <EmptyShop />
      ) : (
        <>
          <RateFigures totals={totals} />
          <div className={css.middle}>
            <FlowChart totals={totals} />
            <div className={css.beside}>
              <Attention totals={totals} />
              <Outcomes totals={totals} />
            </div>
          </div>
          <div className={css.rest}>
            <Decisions expected={demo?.running === true || totals.backlog > 0} />
          </div>
        </>
      )}
    </div>
  )
}
