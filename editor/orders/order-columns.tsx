import type { TableColumnsType } from 'antd'
import type { OrderSummary } from '../api/contract.ts'
import { countText, moneyText } from '../format/number.ts'
import type { WordsInUse } from '../i18n/use-words.ts'
import { channelWord, outcomeWord } from '../parts/code-words.ts'
import { Moment } from '../parts/Moment.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import css from './OrdersPage.module.css'
import { orderState } from './order-state.ts'
import { UrgentMark } from './UrgentMark.tsx'

/** Columns of the order list: two facts a column, one under the other. */
export function orderColumns(
  { t, say, language }: WordsInUse,
  open: (key: string) => void,
): TableColumnsType<OrderSummary> {
  return [
    {
      title: t('orders.order'),
      width: 196,
      render: (_, order) => (
        <>
          <button
            type="button"
            className={css.open}
            onClick={event => {
              event.stopPropagation()
              open(order.key)
            }}
          >
            {order.orderId}
          </button>
          <div className={css.second}>
            {order.urgent && <UrgentMark />} {channelWord(order.channel, language)} · {order.shop}
          </div>
        </>
      ),
    },
    {
      title: t('orders.customer'),
      width: 140,
      render: (_, order) => (
        <>
          <div className={css.one}>{order.customer || t('parts.unnamedCustomer')}</div>
          <div className={css.second}>
            {order.phone} {order.city}
          </div>
        </>
      ),
    },
    {
      title: t('orders.goods'),
      width: 220,
      render: (_, { items }) => {
        const [first] = items
        return (
          <>
            <div className={css.one} title={items.map(item => item.title || item.sku).join('\n')}>
              {first ? first.title || first.sku : t('parts.none')}
            </div>
            <div className={css.second}>
              {first && t('orders.pieces', { n: countText(first.quantity) })}
              {items.length > 1 && ` · ${t('orders.more', { count: items.length })}`}
            </div>
          </>
        )
      },
    },
    {
      title: t('orders.paid'),
      width: 112,
      align: 'right',
      render: (_, order) => (
        <>
          <div>{moneyText(order.paidFen)}</div>
          <div className={css.second}>
            {order.orderedAt ? <Moment at={order.orderedAt} /> : t('time.unknown')}
          </div>
        </>
      ),
    },
    {
      title: t('orders.outcome'),
      width: 112,
      render: (_, order) => {
        const state = orderState(order.status)
        return (
          <StateMark
            status={state}
            word={state === 'done' ? outcomeWord(order.outcome, language) : undefined}
          />
        )
      },
    },
    {
      title: t('orders.reason'),
      render: (_, order) => <div className={css.reason}>{say(order.sentence) || t('orders.noReason')}</div>,
    },
  ]
}
