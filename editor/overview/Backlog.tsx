import { CheckCircleFilled, ClockCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { Overview } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { live } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import css from './Backlog.module.css'
import { backlogWords } from './backlog-words.ts'

/** How many orders wait to be decided, how old the oldest is, and when they will be through. */
export function Backlog({ totals }: { totals: Overview }): ReactElement {
  const { t } = useWords()
  const { latest } = useStore(live)
  const { state, text, outlook } = backlogWords(
    latest?.backlog ?? totals.backlog,
    latest?.oldestPendingAgeMs ?? totals.oldestPendingAgeMs,
    totals.netPerSecond,
    t,
  )
  return (
    <p className={css.backlog} data-state={state} data-testid="backlog">
      {state === 'none' ? <CheckCircleFilled aria-hidden /> : <ClockCircleFilled aria-hidden />}
      <span>
        {text} {outlook}
      </span>
    </p>
  )
}
