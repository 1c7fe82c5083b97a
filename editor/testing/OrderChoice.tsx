import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type ReactElement, useDeferredValue, useEffect, useState } from 'react'
import type { OrderSummary } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { ordersQuery } from '../orders/queries.ts'
import type { Choice } from './last-choice.ts'
import { outcomeText } from './outcome-text.ts'
import css from './TestStrip.module.css'

const TYPING_MS = 250
const OFFERED = 10

/** A past order, found by its number, a phone or a SKU; the newest are offered at once. */
export function OrderChoice(props: {
  choice: Choice
  onChoose: (change: Partial<Choice>) => void
}): ReactElement {
  const { t, say } = useWords()
  const { choice, onChoose } = props
  const [typed, setTyped] = useState('')
  const q = useSettled(typed.trim())
  const orders = useQuery(ordersQuery({ ...(q ? { q } : {}), limit: OFFERED }))
  const found = orders.data?.items ?? []
  const picked = found.find(({ key }) => key === choice.order)
  return (
    <>
      <Select
        className={css.wide ?? ''}
        aria-label={t('testing.findOrder')}
        placeholder={t('testing.findOrderHint')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={choice.order ? { value: choice.order, label: choice.orderId } : null}
        labelInValue
        loading={orders.isFetching}
        notFoundContent={orders.isPending ? t('parts.loading') : t('testing.noOrders')}
        options={found.map(order => ({ value: order.key, label: order.orderId, order }))}
        optionRender={({ data }) => <Option order={data.order} />}
        onChange={(_, option) => {
          if (option && !Array.isArray(option)) onChoose({ order: option.value, orderId: option.label })
        }}
      />
      {picked && <p className={css.hint}>{say(picked.sentence)}</p>}
    </>
  )
}

function Option({ order }: { order: OrderSummary }): ReactElement {
  const { t, language } = useWords()
  return (
    <span className={css.option}>
      <span>{order.orderId}</span>
      <span className={css.optionSide}>
        {order.customer} {outcomeText(order.outcome || order.status, t, language)}
      </span>
    </span>
  )
}

/** What was typed once typing paused. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return useDeferredValue(settled)
}
