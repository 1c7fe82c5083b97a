import { CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ProblemList.module.css'

/** What is wrong with a drawing, what stops it first; each leads to its node. */
export function ProblemList(props: {
  problems: readonly Problem[]
  graph: WorkflowGraph
  onJump: (node: string) => void
}): ReactElement {
  const { t, say } = useWords()
  const { problems, graph, onJump } = props
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]))
  const worstFirst = [...problems].sort((a, b) => a.severity.localeCompare(b.severity))
  return (
    <ul>
      {worstFirst.map(problem => {
        const { node, severity, code, param, port, at } = problem
        return (
          <li key={[code, node, param, port, at].join('/')} className={css.problem} data-severity={severity}>
            {severity === 'error' ? <CloseCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}
            <span className={css.text}>{say(problem.message)}</span>
            {node && (
              <Button size="small" type="link" onClick={() => onJump(node)}>
                {labels.get(node)
                  ? t('versions.jump', { node: labels.get(node) })
                  : t('versions.jumpUnnamed')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
