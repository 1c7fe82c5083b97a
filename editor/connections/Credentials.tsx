import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { paramName } from '../../server/workflow/param-parts.ts'
import type { Connection, Connector } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { propertiesOf } from '../forms/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { Facts } from '../parts/Facts.tsx'
import { useReport } from '../parts/use-report.ts'
import css from './ConnectionsPage.module.css'
import { connectionPath, connectionsQuery } from './queries.ts'

/** What is kept of a connection's keys, masked; they are changed or forgotten, never read. */
export function Credentials(props: {
  connection: Connection
  connector: Connector & { readonly credentials: object }
  onChange: () => void
}): ReactElement {
  const { t, say } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { connection, connector } = props
  const hint = connection.credentialsHint ?? {}
  const forget = useMutation({
    mutationFn: () => request(connectionPath(connection.id, '/credentials'), { method: 'DELETE' }),
    onSuccess: () => {
      report.done(t('connections.forgotten'))
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.notSaved', { why })),
  })
  return (
    <section>
      <h2 className={css.title}>{t('connections.credentials')}</h2>
      {connection.hasCredentials ? (
        <Facts
          facts={propertiesOf(connector.credentials).map(({ name, schema }) => [
            say(paramName(schema)) || name,
            hint[name] && <code key={name}>{hint[name]}</code>,
          ])}
        />
      ) : (
        <p className={css.faint}>{t('connections.noCredentials')}</p>
      )}
      <div className={css.buttons}>
        <Button onClick={props.onChange}>
          {t(connection.hasCredentials ? 'connections.changeKeys' : 'connections.giveKeys')}
        </Button>
        {connection.hasCredentials && (
          <Popconfirm
            title={t('connections.forgetAsk')}
            description={<div className={css.ask}>{t('connections.forgetWhy')}</div>}
            okText={t('connections.forget')}
            okButtonProps={{ danger: true }}
            cancelText={t('connections.keep')}
            onConfirm={() => forget.mutate()}
          >
            <Button type="text" danger loading={forget.isPending}>
              {t('connections.forget')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </section>
  )
}
