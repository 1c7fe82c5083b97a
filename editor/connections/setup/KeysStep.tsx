import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../../server/workflow/problem.ts'
import type { Connection, ConnectionFault, Connector } from '../../api/connection-contract.ts'
import { request } from '../../api/request.ts'
import { useWords } from '../../i18n/use-words.ts'
import { failureText } from '../../parts/failure-text.ts'
import { FaultBox } from '../FaultBox.tsx'
import { connectionPath, connectionsQuery } from '../queries.ts'
import { type FormPart, formProblems, refusedFields, stillWrong, trimmed } from './form-problems.ts'
import { SchemaForm } from './SchemaForm.tsx'
import css from './Setup.module.css'
import { hasFields } from './steps.ts'
import { type Draft, useDraft } from './use-draft.ts'

const PARTS: readonly FormPart[] = ['credentials', 'settings']

type Problems = Readonly<Record<FormPart, readonly Problem[]>>

/** Keys and settings of a connection: saved, switched off, before anything is called with them. */
export function KeysStep(props: {
  connector: Connector
  connection: Connection | undefined
  /** What a new one is called until somebody names it. */
  name: string
  /** What the keys there are were refused with. */
  refusal: ConnectionFault | undefined
  onSaved: (connection: Connection) => void
}): ReactElement {
  const words = useWords()
  const { t, language } = words
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const { connector, connection } = props
  const start: Draft = { credentials: {}, settings: connection?.settings ?? {} }
  const [draft, change, forget] = useDraft(connection?.id ?? `new ${connector.id}`, start)
  const [problems, setProblems] = useState<Problems>()
  const [refusals, setRefusals] = useState(0)
  const refuse = (found: Problems) => {
    setProblems(found)
    setRefusals(refusals + 1)
  }
  const save = useMutation({
    mutationFn: () => {
      const credentials = trimmed(draft.credentials)
      const body = {
        settings: trimmed(draft.settings),
        // What is not typed again is kept.
        ...(Object.keys(credentials).length > 0 && { credentials }),
      }
      if (connection) return request<Connection>(connectionPath(connection.id), { method: 'PUT', body })
      return request<Connection>('/connections', {
        method: 'POST',
        body: { name: props.name, connector: connector.id, enabled: false, ...body },
      })
    },
    onSuccess: async saved => {
      forget()
      await queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      props.onSaved(saved)
    },
    onError: failure => refuse(refusedFields(failure, words)),
  })
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])

  const fill = (part: Partial<Draft>) => {
    const after = { ...draft, ...part }
    change(after)
    if (problems)
      setProblems({
        credentials: stillWrong(problems.credentials, draft.credentials, after.credentials),
        settings: stillWrong(problems.settings, draft.settings, after.settings),
      })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const kept = { credentials: connection?.credentialsHint ?? {}, settings: {} }
    const found = {
      credentials: formProblems(connector.credentials, trimmed(draft.credentials), kept.credentials, words),
      settings: formProblems(connector.settings, trimmed(draft.settings), kept.settings, words),
    }
    const isFine = PARTS.every(part => found[part].length === 0)
    if (!isFine) return refuse(found)
    setProblems(undefined)
    save.mutate()
  }
  const isTold = problems !== undefined && PARTS.some(part => problems[part].length > 0)
  return (
    <form ref={form} className={css.step} onSubmit={submit} noValidate>
      {props.refusal && <FaultBox fault={props.refusal} connector={connector} />}
      {connector.credentials && hasFields(connector.credentials) && (
        <section>
          <h3 className={css.part}>{t('connections.credentials')}</h3>
          <SchemaForm
            schema={connector.credentials}
            values={draft.credentials}
            kept={connection?.credentialsHint}
            problems={problems?.credentials ?? []}
            onChange={credentials => fill({ credentials })}
          />
          <p className={`${css.faint} ${css.safe}`}>{t('connections.credentialsSafe')}</p>
        </section>
      )}
      {hasFields(connector.settings) && (
        <section>
          <h3 className={css.part}>{t('connections.settings')}</h3>
          <SchemaForm
            schema={connector.settings}
            values={draft.settings}
            problems={problems?.settings ?? []}
            onChange={settings => fill({ settings })}
          />
        </section>
      )}
      {save.isError && !isTold && (
        <Alert
          type="error"
          showIcon
          title={t('connections.notSaved', { why: failureText(save.error, t, language) })}
        />
      )}
      <div className={css.foot}>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('connections.saveAndGo')}
        </Button>
      </div>
    </form>
  )
}
