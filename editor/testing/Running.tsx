import { Button, Progress, Spin } from 'antd'
import type { ReactElement } from 'react'
import { durationText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { useNow } from '../parts/use-now.ts'
import { expectedMs } from './pace.ts'
import css from './TestStrip.module.css'
import type { On } from './use-tester.ts'

const TICK_MS = 250
const TELL_FROM_MS = 1_000
/** A guess never says that it is done. */
const MOST_PERCENT = 97

/** How far a test is and how long still, by the pace of the last one; it can be stopped. */
export function Running(props: { on: On; since: number; onStop: () => void }): ReactElement {
  const { t } = useWords()
  const spent = Math.max(0, useNow(TICK_MS) - props.since)
  const expected = props.on.kind === 'last' ? expectedMs(props.on.count) : undefined
  const duration = durationText(spent, t)
  return (
    <div className={css.running} role="status">
      <p>
        {spent < TELL_FROM_MS
          ? t('testing.runningNow')
          : expected !== undefined && expected > spent
            ? t('testing.runningLeft', { duration, left: durationText(expected - spent, t) })
            : t('testing.running', { duration })}
      </p>
      {expected === undefined ? (
        <Spin />
      ) : (
        <Progress
          aria-label={t('testing.title')}
          percent={Math.min(MOST_PERCENT, (spent / expected) * 100)}
          showInfo={false}
          status="active"
        />
      )}
      <Button size="small" onClick={props.onStop}>
        {t('testing.stop')}
      </Button>
    </div>
  )
}
