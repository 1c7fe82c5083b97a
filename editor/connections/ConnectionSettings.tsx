import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import type { Connection, Connector } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { warehousesQuery } from '../stock/queries.ts'
import css from './ConnectionsPage.module.css'
import { shopName } from './own-names.ts'
import { connectionPath, connectionsQuery } from './queries.ts'
import { formProblems, refusedFields, stillWrong, trimmed } from './setup/form-problems.ts'
import { SchemaForm } from './setup/SchemaForm.tsx'
import { bringsOrders, hasFields, takesAddress } from './setup/steps.ts'

/** What a person may say of a connection: its name, its warehouse, and what its connector asks for. */
export function ConnectionSettings(props: {
  connection: Connection
  connector: Connector | undefined
}): ReactElement {
  const words = useWords()
  const { t } = words
  const report = useReport()
  const queries = useQueryClient()
  const id = useId()
  const { connection, connector } = props
  const start = saidOf(connection)
  const [said, setSaid] = useState(start)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const warehouses = useQuery(warehousesQuery)
  const isDirty = JSON.stringify(said) !== JSON.stringify(start)
  const save = useMutation({
    mutationFn: () => {
      const { name, shop, warehouse, url } = said
      return request<Connection>(connectionPath(connection.id), {
        method: 'PUT',
        body: {
          ...(name.trim() && { name: name.trim() }),
          ...(shop.trim() && { shop: shop.trim() }),
          ...(warehouse !== undefined && { warehouse }),
          ...(url.trim() && { url: url.trim() }),
          settings: trimmed(said.settings),
        },
      })
    },
    onSuccess: saved => {
      setSaid(saidOf(saved))
      report.done(t('connections.settingsSaved'))
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => {
      const { settings } = refusedFields(failure, words)
      setProblems(settings)
      if (settings.length === 0) report.failed(failure, why => t('connections.notSaved', { why }))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = formProblems(connector?.settings, trimmed(said.settings), {}, words)
    setProblems(found)
    if (found.length === 0) save.mutate()
  }
  return (
    <form className={css.settings} onSubmit={submit} noValidate>
      <div className={css.field}>
        <label htmlFor={`${id}name`}>{t('connections.connectionName')}</label>
        <Input
          id={`${id}name`}
          maxLength={60}
          value={said.name}
          onChange={event => setSaid({ ...said, name: event.target.value })}
        />
      </div>
      {bringsOrders(connector) && (
        <>
          <div className={css.field}>
            <label htmlFor={`${id}shop`}>{t('connections.shop')}</label>
            <Input
              id={`${id}shop`}
              maxLength={120}
              value={said.shop}
              onChange={event => setSaid({ ...said, shop: event.target.value })}
            />
          </div>
          <div className={css.field}>
            <label htmlFor={`${id}warehouse`}>{t('connections.warehouse')}</label>
            <Select
              id={`${id}warehouse`}
              showSearch
              optionFilterProp="label"
              placeholder={t('connections.noWarehouse')}
              options={warehouses.data?.items.map(each => ({ value: each.id, label: each.name })) ?? []}
              value={said.warehouse}
              onChange={(warehouse: string | undefined) => setSaid({ ...said, warehouse })}
            />
          </div>
        </>
      )}
      {takesAddress(connector) && (
        <div className={css.field}>
          <label htmlFor={`${id}url`}>{t('connections.sendTo')}</label>
          <Input
            id={`${id}url`}
            type="url"
            inputMode="url"
            value={said.url}
            onChange={event => setSaid({ ...said, url: event.target.value })}
          />
          <p className={css.faint}>{t('connections.sendToWhy')}</p>
        </div>
      )}
      {connector && hasFields(connector.settings) && (
        <SchemaForm
          schema={connector.settings}
          values={said.settings}
          problems={problems}
          onChange={settings => {
            setSaid({ ...said, settings })
            setProblems(stillWrong(problems, said.settings, settings))
          }}
        />
      )}
      <div className={css.buttons}>
        <Button htmlType="submit" type="primary" disabled={!isDirty} loading={save.isPending}>
          {t('connections.saveSettings')}
        </Button>
        {isDirty && (
          <Button
            onClick={() => {
              setSaid(start)
              setProblems([])
            }}
          >
            {t('connections.discard')}
          </Button>
        )}
      </div>
    </form>
  )
}

const saidOf = (connection: Connection) => ({
  name: connection.name,
  shop: shopName(connection),
  warehouse: connection.warehouse,
  url: connection.url ?? '',
  settings: connection.settings ?? {},
})
