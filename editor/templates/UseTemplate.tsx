import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type ReactElement, useId, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import type { WorkflowDetail } from '../api/contract.ts'
import type { Template } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'
import { NodeForm } from '../forms/NodeForm.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { signed } from '../workflows/signed.ts'
import { asNodeType, defaultsOf, hasParameters, unsaid } from './parameters.ts'
import css from './TemplatePanel.module.css'

const LONGEST_NAME = 120

/** The parameters of a template as a form; makes a workflow of them and opens it. */
export function UseTemplate({ template }: { template: Template }): ReactElement {
  const { t, say } = useWords()
  const report = useReport()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const nameId = useId()
  const [name, setName] = useState(say(template.name))
  const [values, setValues] = useState(() => defaultsOf(template))
  // What is missing is said once somebody tried, not at the sight of an empty form.
  const [tried, setTried] = useState(false)
  const manifest = useMemo(() => asNodeType(template), [template])
  const missing = unsaid(template, values, what => t('templates.missing', { what: say(what) }))
  const create = useMutation({
    mutationFn: () =>
      request<WorkflowDetail>(`/templates/${template.id}/workflows`, {
        method: 'POST',
        body: { ...(name.trim() ? { name: name.trim() } : {}), values, ...signed() },
      }),
    onSuccess: made => {
      report.done(t('templates.created', { name: made.name }))
      void queries.invalidateQueries({ queryKey: ['workflows'] })
      void navigate(`/workflows/${encodeURIComponent(made.id)}`)
    },
    onError: failure => report.failed(failure, why => t('templates.createFailed', { why })),
  })
  return (
    <section className={css.form} aria-label={t('templates.use')}>
      <div className={css.field}>
        <label htmlFor={nameId}>{t('templates.name')}</label>
        <Input
          id={nameId}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={event => setName(event.target.value)}
        />
      </div>
      {hasParameters(template) && (
        <NodeForm manifest={manifest} params={values} problems={tried ? missing : []} onChange={setValues} />
      )}
      <div className={css.actions}>
        <Button
          type="primary"
          loading={create.isPending}
          onClick={() => {
            setTried(true)
            if (missing.length === 0) create.mutate()
          }}
        >
          {t('templates.use')}
        </Button>
        <span className={css.soft}>{t('templates.safe')}</span>
      </div>
    </section>
  )
}
