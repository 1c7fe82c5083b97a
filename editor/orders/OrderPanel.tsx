import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { OrderDetail } from '../api/contract.ts'
import { countText, moneyText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { channelWord, outcomeWord } from '../parts/code-words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import css from './OrderPanel.module.css'
import { OrderParcels } from './OrderParcels.tsx'
import { OrderRuns } from './OrderRuns.tsx'
import { orderState } from './order-state.ts'
import { orderQuery } from './queries.ts'
import { RevealReceiver } from './RevealReceiver.tsx'
import { SourceDocument } from './SourceDocument.tsx'
import { UrgentMark } from './UrgentMark.tsx'

/** One order over the list: why it went where it went, what it is, what ran, and what the channel sent. */
export function OrderPanel(props: { orderKey: string | undefined; onClose: () => void }): ReactElement {
  const { t } = useWords()
  const { orderKey } = props
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(orderKey)
  if (orderKey !== undefined && orderKey !== shown) setShown(orderKey)
  const order = useQuery(orderQuery(shown))
  return (
    <SidePanel
      open={orderKey !== undefined}
      title={t('tasks.orderLink', { order: order.data?.orderId ?? '' })}
      width={720}
      onClose={props.onClose}
    >
      {order.data ? (
        <Opened order={order.data} />
      ) : order.isError ? (
        <Failed failure={order.error} onRetry={() => void order.refetch()} />
      ) : (
        <Loading rows={12} />
      )}
    </SidePanel>
  )
}

function Opened({ order }: { order: OrderDetail }): ReactElement {
  const { t, say, language } = useWords()
  const state = orderState(order.status)
  return (
    <article className={css.order}>
      <div className={css.verdict} data-state={state}>
        <p className={css.marks}>
          <StateMark
            status={state}
            word={state === 'done' ? outcomeWord(order.outcome, language) : undefined}
          />
          {order.urgent && <UrgentMark />}
        </p>
        <p className={css.sentence}>{say(order.sentence) || t('orders.noReason')}</p>
        {order.duplicateOf && (
          <p>
            <Link to={`/orders?open=${encodeURIComponent(order.duplicateOf)}`}>
              {t('orders.duplicateOf', {
                order: order.duplicateOf.slice(order.duplicateOf.indexOf(':') + 1),
              })}
            </Link>
          </p>
        )}
      </div>
      <Facts
        facts={[
          [t('orders.factShop'), `${channelWord(order.channel, language)} · ${order.shop}`],
          [
            t('orders.factOrdered'),
            order.orderedAt ? <Moment key="at" at={order.orderedAt} /> : t('time.unknown'),
          ],
          [t('orders.factCustomer'), [order.customer || t('parts.unnamedCustomer'), order.phone].join(' ')],
          [t('orders.factPaid'), moneyText(order.paidFen)],
          [t('orders.factAddress'), order.address],
        ]}
      />
      <RevealReceiver key={order.key} order={order.key} />
      <table className={css.items}>
        <caption>{t('orders.items')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('orders.title')}</th>
            <th scope="col">{t('orders.sku')}</th>
            <th scope="col">{t('orders.quantity')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map(item => (
            <tr key={item.sku}>
              <td>{item.title || t('parts.none')}</td>
              <td className={css.sku}>{item.sku}</td>
              <td className={css.quantity}>{countText(item.quantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <OrderParcels order={order.key} />
      <OrderRuns runs={order.runs} />
      <SourceDocument source={order.source} />
    </article>
  )
}
