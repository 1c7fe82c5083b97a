import { SaveOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popover } from 'antd'
import { type ReactElement, useId, useState } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { CaseExpectation, WorkflowCase } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'
import type { TestRun } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { outcomeText } from './outcome-text.ts'
import { casesAddress, casesKey } from './queries.ts'
import css from './TestStrip.module.css'
import type { On } from './use-tester.ts'

const MOST_LETTERS = 120

interface NewCase {
  readonly name: string
  readonly from: Exclude<On, { kind: 'last' }>
  readonly expect: CaseExpectation
  readonly graph: WorkflowGraph
}

/** Keeps what was just tried, and how it came out, as a case that every publish tries again. */
export function SaveCase(props: {
  workflow: string
  graph: WorkflowGraph
  run: TestRun
  from: NewCase['from']
}): ReactElement {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<Form {...props} onDone={() => setOpen(false)} />}
    >
      <Button size="small" icon={<SaveOutlined aria-hidden />} aria-expanded={open}>
        {t('testing.saveCase')}
      </Button>
    </Popover>
  )
}

function Form(props: {
  workflow: string
  graph: WorkflowGraph
  run: TestRun
  from: NewCase['from']
  onDone: () => void
}): ReactElement {
  const { t, language } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { workflow, graph, run, from } = props
  const [name, setName] = useState(() =>
    t('testing.caseNameFilled', { order: run.orderId, outcome: outcomeText(run.outcome, t, language) }),
  )
  const [exact, setExact] = useState(false)
  const id = useId()
  const save = useMutation({
    mutationFn: (body: NewCase) => request<WorkflowCase>(casesAddress(workflow), { method: 'POST', body }),
    onSuccess: kept => {
      report.done(t('testing.saved', { name: kept.name }))
      props.onDone()
      return queries.invalidateQueries({ queryKey: casesKey(workflow) })
    },
    onError: failure => report.failed(failure, why => t('testing.saveFailed', { why })),
  })
  const expect = {
    outcome: run.outcome,
    ...(exact ? { path: run.steps.map(step => step.node) } : {}),
  }
  return (
    <form
      className={css.saving}
      onSubmit={event => {
        event.preventDefault()
        if (name.trim()) save.mutate({ name: name.trim(), from, expect, graph })
      }}
    >
      <label htmlFor={id}>{t('testing.caseName')}</label>
      <Input
        id={id}
        autoFocus
        maxLength={MOST_LETTERS}
        value={name}
        onChange={event => setName(event.target.value)}
      />
      <Checkbox checked={exact} onChange={event => setExact(event.target.checked)}>
        {t('testing.casePath')}
      </Checkbox>
      <div className={css.savingButtons}>
        <Button size="small" onClick={props.onDone}>
          {t('testing.cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          disabled={!name.trim()}
          loading={save.isPending}
        >
          {t('testing.save')}
        </Button>
      </div>
    </form>
  )
}
