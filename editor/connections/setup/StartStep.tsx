import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Input, Select } from 'antd'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import type { Connection, Connector } from '../../api/connection-contract.ts'
import type { Page, WorkflowSummary } from '../../api/contract.ts'
import { request } from '../../api/request.ts'
import { useWords } from '../../i18n/use-words.ts'
import { failureText } from '../../parts/failure-text.ts'
import { warehousesQuery } from '../../stock/queries.ts'
import { authorizedShop } from '../authorized-shop.ts'
import { connectionPath, connectionsQuery } from '../queries.ts'
import css from './Setup.module.css'
import { bringsOrders, takesAddress } from './steps.ts'
import { takeOrders } from './take-orders.ts'

const LONGEST_NAME = 60
const LONGEST_CHANNEL = 40

/** Whether any workflow would take an order. */
const takersQuery = {
  queryKey: ['workflows', 'takers'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { items } = await request<Page<WorkflowSummary>>('/workflows?limit=200', { signal })
    return items.some(({ published, paused }) => published && !paused)
  },
}

/** The last words about a connection: what it is called and where its goods are; then it is switched on. */
export function StartStep(props: {
  connector: Connector
  /** Absent where nothing had to be said of it before. */
  connection: Connection | undefined
  name: string
  onStarted: (connection: Connection) => void
}): ReactElement {
  const { t, language } = useWords()
  const queries = useQueryClient()
  const id = useId()
  const { connector, connection } = props
  const isShop = bringsOrders(connector)
  const [name, setName] = useState(authorizedShop(connection?.authorized) ?? connection?.name ?? props.name)
  const [warehouse, setWarehouse] = useState(connection?.warehouse)
  const [url, setUrl] = useState(connection?.url ?? '')
  const [takes, setTakes] = useState(true)
  const warehouses = useQuery({ ...warehousesQuery, enabled: isShop })
  const takers = useQuery({ ...takersQuery, enabled: isShop })
  const hasNoTaker = takers.data === false
  const start = useMutation({
    mutationFn: async () => {
      if (hasNoTaker && takes)
        await takeOrders({
          workflow: t('connections.takeWorkflow'),
          accepted: t('connections.takeAccepted'),
          refused: t('connections.takeRefused'),
        })
      const called = name.trim() || props.name
      const said = {
        name: called,
        enabled: true,
        ...(isShop && { shop: called }),
        ...(isShop && !connector.channel && { channel: called.slice(0, LONGEST_CHANNEL) }),
        ...(warehouse !== undefined && { warehouse }),
        ...(url.trim() && { url: url.trim() }),
      }
      const started = connection
        ? await request<Connection>(connectionPath(connection.id), { method: 'PUT', body: said })
        : await request<Connection>('/connections', {
            method: 'POST',
            body: { ...said, connector: connector.id },
          })
      if (connector.polls) await request(connectionPath(started.id, '/poll'), { method: 'POST' })
      return started
    },
    onSuccess: props.onStarted,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: connectionsQuery.queryKey }),
        queries.invalidateQueries({ queryKey: ['workflows'] }),
      ]),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start.mutate()
  }
  return (
    <form className={css.step} onSubmit={submit}>
      <div className={css.field}>
        <label htmlFor={`${id}name`}>
          {t(isShop ? 'connections.shopName' : 'connections.connectionName')}
        </label>
        <Input
          id={`${id}name`}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={event => setName(event.target.value)}
        />
        {isShop && <p className={css.faint}>{t('connections.shopNameWhy')}</p>}
      </div>
      {isShop && (warehouses.data?.items.length ?? 0) > 0 && (
        <div className={css.field}>
          <label htmlFor={`${id}warehouse`}>{t('connections.warehouse')}</label>
          <Select
            id={`${id}warehouse`}
            allowClear
            showSearch
            optionFilterProp="label"
            placeholder={t('connections.noWarehouse')}
            options={warehouses.data?.items.map(each => ({ value: each.id, label: each.name })) ?? []}
            value={warehouse}
            onChange={(next: string | undefined) => setWarehouse(next)}
          />
        </div>
      )}
      {takesAddress(connector) && (
        <div className={css.field}>
          <label htmlFor={`${id}url`}>{t('connections.sendTo')}</label>
          <Input
            id={`${id}url`}
            type="url"
            inputMode="url"
            value={url}
            onChange={event => setUrl(event.target.value)}
          />
          <p className={css.faint}>{t('connections.sendToWhy')}</p>
        </div>
      )}
      {hasNoTaker && (
        <div className={css.field}>
          <Checkbox checked={takes} onChange={event => setTakes(event.target.checked)}>
            {t('connections.take')}
          </Checkbox>
          <p className={css.faint}>{t('connections.takeWhy')}</p>
        </div>
      )}
      {start.isError && (
        <Alert
          type="error"
          showIcon
          title={t('connections.notStarted', { why: failureText(start.error, t, language) })}
        />
      )}
      <div className={css.foot}>
        <Button
          type="primary"
          htmlType="submit"
          loading={start.isPending}
          disabled={isShop && takers.isPending}
        >
          {t(connector.polls ? 'connections.startAndPoll' : 'connections.start')}
        </Button>
      </div>
    </form>
  )
}
