import { CloseCircleFilled, FlagOutlined, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './Inspector.module.css'

/** More at once nobody reads; the first ones mended, the next come up. */
const MOST_SHOWN = 60

/** What is wrong, each as a button that leads to where it is. */
export function ProblemsList(props: {
  problems: readonly Problem[]
  nameOf: (node: string | undefined) => string
  onJump: (node: string) => void
  /** How many exits lead nowhere yet, and what leads them to an end. */
  openExits: number
  onEnd: () => void
}): ReactElement {
  const { t, say } = useWords()
  return (
    <ul className={css.problems}>
      {props.openExits > 0 && (
        <li>
          <Button size="small" icon={<FlagOutlined aria-hidden />} onClick={props.onEnd}>
            {t('drafting.endAll', { count: props.openExits })}
          </Button>
        </li>
      )}
      {props.problems.slice(0, MOST_SHOWN).map(problem => {
        const { node, message, severity, code, param, port } = problem
        const name = props.nameOf(node)
        return (
          <li key={`${code} ${node} ${param} ${port} ${message.zh}`}>
            <button
              type="button"
              className={css.problem}
              data-severity={severity}
              disabled={node === undefined}
              onClick={() => node !== undefined && props.onJump(node)}
            >
              {severity === 'error' ? <CloseCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}
              <span>
                {name && <b>{name} · </b>}
                {say(message)}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
