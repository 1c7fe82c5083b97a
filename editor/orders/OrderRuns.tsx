import type { ReactElement } from 'react'
import type { RunSummary } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { RunStory } from '../runs/RunStory.tsx'
import { useRun } from '../runs/use-run.ts'
import css from './OrderPanel.module.css'

/** Every run of an order, the newest first, each with its steps. */
export function OrderRuns({ runs }: { runs: readonly RunSummary[] }): ReactElement {
  const { t } = useWords()
  const newest = runs.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
  return (
    <section className={css.runs}>
      <h2>{t('runs.title')}</h2>
      {newest.length === 0 ? <p>{t('runs.none')}</p> : newest.map(run => <Run key={run.id} id={run.id} />)}
    </section>
  )
}

function Run({ id }: { id: string }): ReactElement {
  const run = useRun(id)
  return (
    <div className={css.run}>
      {run.data ? (
        <RunStory run={run.data} />
      ) : run.isError ? (
        <Failed failure={run.error} onRetry={() => void run.refetch()} />
      ) : (
        <Loading rows={3} />
      )}
    </div>
  )
}
