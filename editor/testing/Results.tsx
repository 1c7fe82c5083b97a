import { ExperimentOutlined, RedoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { useWords } from '../i18n/use-words.ts'
import { ManyResult } from './ManyResult.tsx'
import { OneResult } from './OneResult.tsx'
import { Running } from './Running.tsx'
import { TestFailure } from './TestFailure.tsx'
import css from './TestStrip.module.css'
import type { Tester } from './use-tester.ts'

/** What the test on show came to: still running, failed, one run or many; grey once the draft has changed. */
export function Results(props: {
  workflow: string
  graph: WorkflowGraph
  tester: Tester
  selected: string | undefined
  onSelect: (node: string) => void
  toCases: () => void
}): ReactElement {
  const { t } = useWords()
  const { tester } = props
  const { shown, running, failure, stale } = tester
  if (running) return <Running on={running.on} since={running.since} onStop={tester.stop} />
  if (failure) return <TestFailure failure={failure} onSelect={props.onSelect} />
  if (!shown)
    return (
      <p className={css.empty}>
        <ExperimentOutlined aria-hidden /> {t('testing.empty')}
      </p>
    )
  const { on } = shown
  return (
    <section aria-label={t('testing.result')}>
      {stale && (
        <p className={css.stale} role="status">
          <span>{t('testing.stale')}</span>
          {on && (
            <Button size="small" icon={<RedoOutlined aria-hidden />} onClick={() => tester.start(on)}>
              {t('testing.again')}
            </Button>
          )}
        </p>
      )}
      <div data-stale={stale} className={css.result}>
        {shown.run ? (
          <OneResult
            key={shown.run.event}
            workflow={props.workflow}
            graph={props.graph}
            shown={shown}
            run={shown.run}
            stale={stale}
            selected={props.selected}
            onSelect={props.onSelect}
            onShow={tester.show}
            toCases={props.toCases}
          />
        ) : (
          shown.result && <ManyResult result={shown.result} onLook={tester.lookInto} />
        )}
      </div>
    </section>
  )
}
