import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { overviewQuery } from '../api/overview.ts'
import { useWords } from '../i18n/use-words.ts'
import { PaceControl } from '../live/PaceControl.tsx'
import { Backlog } from '../overview/Backlog.tsx'
import css from './FlowState.module.css'
import { RunSwitch } from './RunSwitch.tsx'

/** Beside a living drawing: what waits in front of it, how fast it is let in, and the switch that stops it. */
export function FlowState({ workflow }: { workflow: WorkflowDetail }): ReactElement {
  const { t } = useWords()
  const { data } = useQuery({ ...overviewQuery, refetchInterval: 3_000 })
  const held = data?.held.find(each => each.workflow === workflow.id)
  return (
    <div className={css.state}>
      {workflow.paused && held ? (
        <span className={css.held}>{t('workflows.heldOrders', { count: held.orders })}</span>
      ) : (
        data && <Backlog totals={data} />
      )}
      <span className={css.controls}>
        <PaceControl />
        <RunSwitch workflow={workflow} />
      </span>
    </div>
  )
}
