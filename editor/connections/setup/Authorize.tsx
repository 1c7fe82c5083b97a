import { CheckCircleFilled, ExportOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import { same } from '../../../server/workflow/words.ts'
import type { AuthorizationTry, Connection, ConnectionFault } from '../../api/connection-contract.ts'
import { request } from '../../api/request.ts'
import { useWords } from '../../i18n/use-words.ts'
import { failureText } from '../../parts/failure-text.ts'
import { AuthorizedUntil } from '../AuthorizedUntil.tsx'
import { connectionPath, connectionsQuery } from '../queries.ts'
import { useAuthorize } from '../use-authorize.ts'
import { testKey } from '../use-connection-test.ts'
import { callbackAddress, codeIn } from './auth-code.ts'
import css from './Setup.module.css'

/** The user of the shop lets us in: on the platform's page, or by the code that page gave. */
export function Authorize(props: {
  connection: Connection
  /** Why the last try came to nothing. */
  failed: string | undefined
  onKeys: (refusal: ConnectionFault) => void
}): ReactElement {
  const { t } = useWords()
  const { connection, failed } = props
  const authorize = useAuthorize(connection)
  return (
    <section>
      <h3 className={css.part}>{t('connections.authorization')}</h3>
      {connection.authorized && (
        <p className={css.good}>
          <CheckCircleFilled aria-hidden /> <AuthorizedUntil authorized={connection.authorized} />
        </p>
      )}
      {failed && (
        <Alert
          className={css.alert ?? ''}
          type="error"
          showIcon
          title={t('connections.authorizeFailed', { why: failed })}
          action={
            <Button size="small" onClick={() => props.onKeys({ class: 'credentials', ...same(failed) })}>
              {t('connections.changeKeys')}
            </Button>
          }
        />
      )}
      <div className={css.actions}>
        <Button
          type={connection.authorized ? 'default' : 'primary'}
          icon={<ExportOutlined aria-hidden />}
          loading={authorize.isPending}
          onClick={() => authorize.mutate()}
        >
          {t(connection.authorized ? 'connections.authorizeAgain' : 'connections.authorize')}
        </Button>
        {!connection.authorized && <span className={css.faint}>{t('connections.authorizeWhy')}</span>}
      </div>
      <details className={css.advanced}>
        <summary>{t('connections.codeByHand')}</summary>
        <CodeField connection={connection} />
      </details>
    </section>
  )
}

function CodeField({ connection }: { connection: Connection }): ReactElement {
  const { t, say, language } = useWords()
  const queries = useQueryClient()
  const id = useId()
  const [pasted, setPasted] = useState('')
  const send = useMutation({
    mutationFn: () =>
      request<AuthorizationTry>(connectionPath(connection.id, '/authorize/code'), {
        method: 'POST',
        body: { code: codeIn(pasted), redirectUri: callbackAddress(location.origin) },
      }),
    onSuccess: async tried => {
      if (!tried.ok) return
      setPasted('')
      await queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      await queries.invalidateQueries({ queryKey: testKey(connection) })
    },
  })
  const refused = send.data?.ok === false ? say(send.data.fault) : undefined
  const wrong = send.isError ? failureText(send.error, t, language) : refused
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (codeIn(pasted) !== '') send.mutate()
  }
  return (
    <form className={css.code} onSubmit={submit}>
      <label htmlFor={id}>{t('connections.codeWhy')}</label>
      <div className={css.actions}>
        <Input
          id={id}
          autoComplete="off"
          value={pasted}
          status={wrong ? 'error' : ''}
          onChange={event => setPasted(event.target.value)}
        />
        <Button htmlType="submit" loading={send.isPending} disabled={codeIn(pasted) === ''}>
          {t('connections.codeUse')}
        </Button>
      </div>
      {wrong && (
        <p className={css.bad} role="alert">
          {wrong}
        </p>
      )}
    </form>
  )
}
