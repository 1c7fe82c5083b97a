import { LeftOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useMemo } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { TestRun } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { inLanguage } from '../parts/failure-text.ts'
import { nodeTypesQuery } from '../workflows/queries.ts'
import { fieldNames } from './field-names.ts'
import { isChanged } from './finding.ts'
import css from './OneResult.module.css'
import { OutcomeMark } from './OutcomeMark.tsx'
import { outcomeText } from './outcome-text.ts'
import { SaveCase } from './SaveCase.tsx'
import { StepItem } from './StepItem.tsx'
import type { On, Shown } from './use-tester.ts'

/** One run of the simulated world, step by step. */
export function OneResult(props: {
  workflow: string
  graph: WorkflowGraph
  shown: Shown
  run: TestRun
  stale: boolean
  selected: string | undefined
  onSelect: (node: string) => void
  onShow: (shown: Shown | undefined) => void
  toCases: () => void
}): ReactElement {
  const { t, say, language } = useWords()
  const { run, shown, selected } = props
  const { back, on } = shown
  const types = useQuery(nodeTypesQuery)
  const names = useMemo(() => fieldNames(types.data?.items ?? []), [types.data])
  return (
    <article>
      <header className={css.head}>
        {back?.result && (
          <Button size="small" icon={<LeftOutlined aria-hidden />} onClick={() => props.onShow(back)}>
            {t('testing.back', { count: back.result.total })}
          </Button>
        )}
        {!on && (
          <Button size="small" icon={<LeftOutlined aria-hidden />} onClick={props.toCases}>
            {t('testing.cases')}
          </Button>
        )}
        <OutcomeMark run={run} />
        <span className={css.order}>{run.orderId}</span>
        {isOne(on) && !props.stale && (
          <SaveCase workflow={props.workflow} graph={props.graph} run={run} from={on} />
        )}
      </header>
      <p className={css.sentence}>{say(run.sentence)}</p>
      <Before run={run} />
      {run.error && (
        <p className={css.error} role="alert">
          {inLanguage(run.error.message, language)} <span className={css.code}>{run.error.code}</span>
        </p>
      )}
      <ol className={css.steps} aria-label={t('testing.steps')}>
        {run.steps.map((step, index) => (
          <StepItem
            // A node may be visited twice, so only its place in the story tells steps apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a finished run never change
            key={index}
            step={step}
            place={index + 1}
            names={names}
            failed={run.status === 'failed' && run.error?.node === step.node}
            here={selected === step.node}
            onSelect={props.onSelect}
          />
        ))}
      </ol>
    </article>
  )
}

function isOne(on: On | undefined): on is Exclude<On, { kind: 'last' }> {
  return on !== undefined && on.kind !== 'last'
}

/** How the same order came out live, where it ran. */
function Before({ run }: { run: TestRun }): ReactElement {
  const { t, say, language } = useWords()
  const { before } = run
  if (!before) return <p className={css.before}>{t('testing.notRunLive')}</p>
  if (!isChanged(run)) return <p className={css.before}>{t('testing.asLive')}</p>
  return (
    <p className={css.changed}>
      <b>{t('testing.before', { outcome: outcomeText(before.outcome, t, language) })}</b>{' '}
      {say(before.sentence)}
    </p>
  )
}
