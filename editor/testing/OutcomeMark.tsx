import { MinusCircleOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { TestRun } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { StateMark } from '../parts/StateMark.tsx'
import { outcomeText } from './outcome-text.ts'

/** How a simulated run came out, as an icon and a word. */
export function OutcomeMark({ run }: { run: Pick<TestRun, 'status' | 'outcome'> }): ReactElement {
  const { t, language } = useWords()
  if (run.status !== 'unwanted')
    return <StateMark status={run.status} word={outcomeText(run.outcome, t, language)} />
  return (
    <span>
      <MinusCircleOutlined aria-hidden /> {t('testing.unwanted')}
    </span>
  )
}
