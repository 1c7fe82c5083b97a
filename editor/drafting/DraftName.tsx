import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { preferences } from '../look/preferences.ts'
import { useReport } from '../parts/use-report.ts'
import css from './DraftName.module.css'

/** The workflow's name, written where it stands. */
export function DraftName({ workflow }: { workflow: WorkflowDetail }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const [name, setName] = useState(workflow.name)
  const rename = useMutation({
    mutationFn: (next: string) =>
      request(`/workflows/${encodeURIComponent(workflow.id)}`, {
        method: 'PATCH',
        body: { name: next, by: preferences.get().signature },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
    onError: failure => {
      setName(workflow.name)
      report.failed(failure, why => t('drafting.renameFailed', { why }))
    },
  })
  const settle = () => {
    const next = name.trim()
    if (next === '') setName(workflow.name)
    else if (next !== workflow.name) rename.mutate(next)
  }
  return (
    <Input
      variant="borderless"
      className={css.name}
      aria-label={t('drafting.rename')}
      value={name}
      maxLength={120}
      onChange={event => setName(event.target.value)}
      onBlur={settle}
      onPressEnter={event => event.currentTarget.blur()}
    />
  )
}
