import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react'
import { printExact } from '../api/exact-json.ts'
import { connectionsQuery } from '../connections/queries.ts'
import { useWords } from '../i18n/use-words.ts'
import { orderQuery, ordersQuery } from '../orders/queries.ts'
import { useReport } from '../parts/use-report.ts'
import type { Choice } from './last-choice.ts'
import { connectionOf } from './order-key.ts'
import css from './TestStrip.module.css'

const OFFERED = 10

/** A pasted document and the connection it comes from; one of the last orders can be taken instead. */
export function SampleChoice(props: {
  choice: Choice
  onChoose: (change: Partial<Choice>) => void
}): ReactElement {
  const { t } = useWords()
  const { choice, onChoose } = props
  const connections = useQuery(connectionsQuery)
  const [taken, setTaken] = useState(false)
  // Suppliers send no orders.
  const senders = (connections.data?.items ?? []).filter(({ connector }) => connector !== 'supplier')
  const only = senders.length === 1 ? senders[0]!.id : undefined
  const preset = useEffectEvent((connection: string) => {
    if (!choice.connection) onChoose({ connection })
  })
  useEffect(() => {
    if (only) preset(only)
  }, [only])
  return (
    <>
      <Select
        className={css.wide ?? ''}
        aria-label={t('testing.connection')}
        placeholder={t('testing.connection')}
        value={choice.connection || null}
        loading={connections.isPending}
        options={senders.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={connection => onChoose({ connection })}
      />
      <TakeOne
        onTake={change => {
          setTaken(true)
          onChoose(change)
        }}
      />
      {taken && <p className={css.hint}>{t('testing.takeOneWhy')}</p>}
      <Input.TextArea
        className={css.document ?? ''}
        aria-label={t('testing.document')}
        placeholder={t('testing.documentHint')}
        value={choice.text}
        spellCheck={false}
        onChange={event => {
          setTaken(false)
          onChoose({ text: event.target.value })
        }}
      />
    </>
  )
}

/** The last orders that came in, by number; taking one brings the document it came as. */
function TakeOne({ onTake }: { onTake: (change: Partial<Choice>) => void }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(false)
  const [taking, setTaking] = useState(false)
  const orders = useQuery({ ...ordersQuery({ limit: OFFERED }), enabled: wanted })
  const take = async (key: string) => {
    setTaking(true)
    try {
      const order = await queries.fetchQuery(orderQuery(key))
      if (order.source === null) report.failed(undefined, () => t('orders.noSource'))
      else onTake({ text: printExact(order.source, 2), connection: connectionOf(key) })
    } catch (failure) {
      report.failed(failure, why => `${t('testing.takeOne')}: ${why}`)
    } finally {
      setTaking(false)
    }
  }
  return (
    <Select
      className={css.wide ?? ''}
      aria-label={t('testing.takeOne')}
      placeholder={t('testing.takeOne')}
      value={null}
      loading={taking || (wanted && orders.isPending)}
      notFoundContent={orders.isPending ? t('parts.loading') : t('testing.noOrders')}
      options={(orders.data?.items ?? []).map(({ key, orderId, shop }) => ({
        value: key,
        label: `${orderId} · ${shop}`,
      }))}
      onOpenChange={open => open && setWanted(true)}
      onChange={(key: string | null) => key && void take(key)}
    />
  )
}
