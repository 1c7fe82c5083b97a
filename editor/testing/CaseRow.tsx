import { CheckCircleFilled, CloseCircleFilled, DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import type { CaseExpectation, CaseResult, WorkflowCase } from '../api/draft-contract.ts'
import type { TestRun } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './CaseList.module.css'
import { outcomeText } from './outcome-text.ts'

const MOST_LETTERS = 120

/** One case: what it must come to, what it came to, and what can be done with it. */
export function CaseRow(props: {
  kept: WorkflowCase
  result: CaseResult | undefined
  onLook: (run: TestRun) => void
  onRename: (name: string) => void
  onAccept: (expect: CaseExpectation, done: string) => void
  onRemove: () => void
}): ReactElement {
  const { t, language } = useWords()
  const { kept, result } = props
  const { name } = kept
  const accept = ({ run, expect }: CaseResult) =>
    props.onAccept(
      {
        outcome: run.outcome,
        ...(expect.path ? { path: run.steps.map(step => step.node) } : {}),
      },
      t('testing.accepted', { name, outcome: outcomeText(run.outcome, t, language) }),
    )
  return (
    <li className={css.row} data-state={result ? (result.passed ? 'passed' : 'failed') : 'unknown'}>
      <Mark result={result} />
      <div className={css.told}>
        <Name name={name} onRename={props.onRename} />
        <p className={css.expects}>
          {t('testing.expects', { outcome: outcomeText(kept.expect.outcome, t, language) })}
          {result && !result.passed && <Got result={result} />}
        </p>
      </div>
      <div className={css.actions}>
        {result && (
          <Button
            size="small"
            aria-label={t('testing.lookCase', { name })}
            onClick={() => props.onLook(result.run)}
          >
            {t('testing.look')}
          </Button>
        )}
        {result && !result.passed && (
          <Button size="small" aria-label={t('testing.acceptFor', { name })} onClick={() => accept(result)}>
            {t('testing.acceptResult')}
          </Button>
        )}
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('testing.removeCase', { name })}
          title={t('testing.remove')}
          onClick={props.onRemove}
        />
      </div>
    </li>
  )
}

function Mark({ result }: { result: CaseResult | undefined }): ReactElement {
  const { t } = useWords()
  if (!result) return <span className={css.mark}>{t('testing.notRun')}</span>
  return result.passed ? (
    <span className={css.mark}>
      <CheckCircleFilled aria-hidden /> {t('testing.passed')}
    </span>
  ) : (
    <span className={css.mark}>
      <CloseCircleFilled aria-hidden /> {t('testing.notPassed')}
    </span>
  )
}

function Got({ result }: { result: CaseResult }): ReactElement {
  const { t, say, language } = useWords()
  const { run, expect } = result
  return (
    <span className={css.got}>
      {run.outcome === expect.outcome
        ? t('testing.otherPath')
        : t('testing.got', { outcome: outcomeText(run.outcome, t, language) })}
      {' · '}
      {say(run.sentence)}
    </span>
  )
}

function Name({ name, onRename }: { name: string; onRename: (name: string) => void }): ReactElement {
  const { t } = useWords()
  const [typed, setTyped] = useState<string>()
  if (typed === undefined)
    return (
      <span className={css.name}>
        {name}
        <Button
          size="small"
          type="text"
          icon={<EditOutlined aria-hidden />}
          aria-label={t('testing.renameCase', { name })}
          title={t('testing.rename')}
          onClick={() => setTyped(name)}
        />
      </span>
    )
  const finish = () => {
    const next = typed.trim()
    if (next && next !== name) onRename(next)
    setTyped(undefined)
  }
  return (
    <Input
      size="small"
      autoFocus
      maxLength={MOST_LETTERS}
      aria-label={t('testing.caseName')}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onPressEnter={finish}
      onBlur={finish}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setTyped(undefined)
      }}
    />
  )
}
