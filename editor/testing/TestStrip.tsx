import { DownOutlined, ExperimentOutlined, UpOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { TestResult, TestRun } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { nodeTypesQuery } from '../workflows/queries.ts'
import { CaseList } from './CaseList.tsx'
import { Chooser } from './Chooser.tsx'
import { HeightGrip } from './HeightGrip.tsx'
import { type Choice, keepChoice, recallChoice } from './last-choice.ts'
import { casesQuery } from './queries.ts'
import { Results } from './Results.tsx'
import { signalSample } from './signal-sample.ts'
import css from './TestStrip.module.css'
import { useCases } from './use-cases.ts'
import { useHeight } from './use-height.ts'
import { useTester } from './use-tester.ts'

/**
 * The strip under the canvas: tries the draft on screen on a sample, a past order or the last ones, in the
 * simulated world, and keeps cases. `onShow` is told which run or result the canvas is to draw.
 */
export function TestStrip(props: {
  workflow: string
  /** The draft on screen. */
  graph: WorkflowGraph
  selected: string | undefined
  onSelect: (node: string) => void
  onShow: (run: TestRun | undefined, result: TestResult | undefined) => void
  open: boolean
  onOpen: (open: boolean) => void
}): ReactElement {
  const { workflow, graph, open, onOpen } = props
  const { t } = useWords()
  const height = useHeight()
  const [choice, setChoice] = useState(() => recallChoice(workflow))
  const tester = useTester(props)
  const cases = useCases(workflow, graph, tester.meaning)
  const types = useQuery(nodeTypesQuery)
  const known = useQuery({ ...casesQuery(workflow), enabled: open })
  const choose = (change: Partial<Choice>) => setChoice(current => ({ ...current, ...change }))
  useEffect(() => keepChoice(workflow, choice), [workflow, choice])
  const showsCase = tester.shown !== undefined && tester.shown.on === undefined
  return (
    <section
      className={css.strip}
      aria-label={t('testing.title')}
      data-open={open}
      style={open ? { height: height.height } : undefined}
    >
      {open && <HeightGrip height={height} />}
      <div className={css.band}>
        <Button
          type="text"
          size="small"
          className={css.toggle ?? ''}
          icon={open ? <DownOutlined aria-hidden /> : <UpOutlined aria-hidden />}
          aria-expanded={open}
          onClick={() => onOpen(!open)}
        >
          {t('testing.title')}
        </Button>
        {open && (
          <span className={css.words}>
            <ExperimentOutlined aria-hidden /> {t('testing.band')}
          </span>
        )}
      </div>
      {open && (
        <div className={css.body}>
          <Chooser
            choice={choice}
            signal={signalSample(graph, types.data?.items ?? [])}
            cases={known.data?.items.length}
            running={tester.running !== undefined}
            onChoose={choose}
            onStart={tester.start}
          />
          <div className={css.results}>
            {choice.kind === 'cases' && !showsCase ? (
              <CaseList workflow={workflow} cases={cases} onShow={tester.show} />
            ) : (
              <Results
                workflow={workflow}
                graph={graph}
                tester={tester}
                selected={props.selected}
                onSelect={props.onSelect}
                toCases={() => {
                  tester.show(undefined)
                  choose({ kind: 'cases' })
                }}
              />
            )}
          </div>
        </div>
      )}
    </section>
  )
}
