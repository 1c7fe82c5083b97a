import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { CaseResult } from '../api/draft-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { outcomeWord, statusWord } from '../parts/code-words.ts'
import css from './CaseResults.module.css'
import { faultOf } from './verdict.ts'

/** Cases as they came out on the draft; those that failed first, with what was wanted, what came, and why. */
export function CaseResults(props: { results: readonly CaseResult[]; graph: WorkflowGraph }): ReactElement {
  const { t } = useWords()
  const sorted = [...props.results].sort((a, b) => Number(a.passed) - Number(b.passed))
  return (
    <ul>
      {sorted.map(result => (
        <li key={result.id}>
          <span className={result.passed ? css.passed : css.failed}>
            {result.passed ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}{' '}
            {result.passed ? t('versions.passed') : t('versions.failed')}
          </span>{' '}
          {result.name}
          {!result.passed && <Fault result={result} graph={props.graph} />}
        </li>
      ))}
    </ul>
  )
}

function Fault({ result, graph }: { result: CaseResult; graph: WorkflowGraph }): ReactElement {
  const { t, say, language } = useWords()
  const { expect, run } = result
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label ?? id]))
  const got =
    run.status === 'done' || run.status === 'unwanted'
      ? outcomeWord(run.outcome, language) || t('versions.unwanted')
      : statusWord(run.status, t)
  return (
    <div className={css.fault}>
      {faultOf(result) === 'outcome' ? (
        <p>{t('versions.expectedGot', { expected: outcomeWord(expect.outcome, language), got })}</p>
      ) : (
        <p>
          {t('versions.otherWay', {
            expected: (expect.path ?? []).map(id => labels.get(id) ?? id).join(' → '),
            got: run.steps.map(({ label }) => say(label)).join(' → '),
          })}
        </p>
      )}
      <p className={css.why}>{run.error?.message ?? say(run.sentence)}</p>
    </div>
  )
}
