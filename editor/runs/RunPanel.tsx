import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { RunStory } from './RunStory.tsx'
import { useRun } from './use-run.ts'

/** One run with all its steps, over the list it was chosen from. */
export function RunPanel({
  run: id,
  onClose,
}: {
  run: string | undefined
  onClose: () => void
}): ReactElement {
  const { t } = useWords()
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(id)
  if (id !== undefined && id !== shown) setShown(id)
  const run = useRun(shown)
  return (
    <SidePanel
      open={id !== undefined}
      title={run.data ? t('tasks.orderLink', { order: run.data.orderId }) : t('runs.title')}
      extra={
        run.data?.orderKey && (
          <Link to={`/orders?open=${encodeURIComponent(run.data.orderKey)}`}>{t('runs.toOrder')}</Link>
        )
      }
      onClose={onClose}
    >
      {run.data ? (
        <RunStory run={run.data} />
      ) : run.isError ? (
        <Failed failure={run.error} onRetry={() => void run.refetch()} />
      ) : (
        <Loading />
      )}
    </SidePanel>
  )
}
