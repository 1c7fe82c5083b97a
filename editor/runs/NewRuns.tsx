import { ArrowUpOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react'
import type { LiveMessage } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { live } from '../live/feed.ts'
import css from './RunsList.module.css'

/** Below this many a second the list may follow by itself: rows come one by one and can be read. */
const CALM_PER_SECOND = 2
const FOLLOW_AFTER_MS = 2_000

/**
 * Tells how many runs came since the list was read, and brings them on a click. While little happens and nobody
 * is in the list (`held`), it follows by itself. `countable`: the list shows all runs there are.
 */
export function NewRuns(props: {
  workflow: string | undefined
  countable: boolean
  held: boolean
  readAt: number
  onRefresh: () => void
}): ReactElement | null {
  const { t } = useWords()
  const { workflow, held, onRefresh } = props
  const [base, setBase] = useState(() => ({ readAt: props.readAt, total: runsIn(live.get().latest) }))
  if (base.readAt !== props.readAt) setBase({ readAt: props.readAt, total: runsIn(live.get().latest) })
  const came = useSyncExternalStore(live.subscribe, () => {
    const total = runsIn(live.get().latest)
    // A server that started anew counts from nothing.
    return Math.max(0, total < base.total ? total : total - base.total)
  })
  const isCalm = useSyncExternalStore(live.subscribe, () => decidedPerSecond() < CALM_PER_SECOND)
  const follows = came > 0 && isCalm && !held
  useEffect(() => {
    if (!follows) return
    const timer = setTimeout(onRefresh, FOLLOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [follows, onRefresh])

  const alone = useSyncExternalStore(live.subscribe, () => isOnlyOne(live.get().latest, workflow))
  if (came === 0 || follows) return null
  return (
    <button type="button" className={css.news} onClick={onRefresh}>
      <ArrowUpOutlined aria-hidden />{' '}
      {props.countable && alone ? t('runs.newRuns', { count: came }) : t('runs.someNew')}
    </button>
  )
}

function runsIn(message: LiveMessage | undefined): number {
  if (!message) return 0
  const { decided, failed, waiting } = message.totals
  return decided + failed + waiting
}

function decidedPerSecond(): number {
  const rates = live.get().latest?.rates
  return rates ? rates.decided + rates.failed + rates.waiting : 0
}

/** Whether the totals of the server are those of this list. */
function isOnlyOne(message: LiveMessage | undefined, workflow: string | undefined): boolean {
  return workflow === undefined || (message?.workflows.every(({ id }) => id === workflow) ?? false)
}
