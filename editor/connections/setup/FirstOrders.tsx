import { CheckCircleFilled, LoadingOutlined, MinusCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Connection, Connector } from '../../api/connection-contract.ts'
import type { OrderSummary } from '../../api/contract.ts'
import { overviewQuery } from '../../api/overview.ts'
import { countText } from '../../format/number.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ordersQuery } from '../../orders/queries.ts'
import { useNow } from '../../parts/use-now.ts'
import { runsQuery } from '../../runs/queries.ts'
import { ConnectionMapping } from '../ConnectionMapping.tsx'
import { FaultBox } from '../FaultBox.tsx'
import type { Remedy } from '../faults.ts'
import { PollNow } from '../PollNow.tsx'
import { PushAddress } from '../PushAddress.tsx'
import { connectionQuery } from '../queries.ts'
import css from './Setup.module.css'
import { bringsOrders } from './steps.ts'

const LOOK_EVERY_MS = 1_000
/** Orders that were fetched are seen this soon; after it, there were none. */
const SEEN_WITHIN_MS = 8_000

/** What happens after a connection is switched on, as it happens: until its first order is there. */
export function FirstOrders(props: {
  connector: Connector
  connection: Connection
  onRemedy: (remedy: Remedy) => void
  onClose: () => void
}): ReactElement {
  const { t, say } = useWords()
  const { connector, connection } = props
  const navigate = useNavigate()
  const now = useNow(LOOK_EVERY_MS)
  const isShop = bringsOrders(connector)
  const orders = useQuery({
    ...ordersQuery({ connection: connection.id, limit: 50 }),
    refetchInterval: LOOK_EVERY_MS,
    enabled: isShop,
  })
  const mine = (orders.data?.items ?? []).filter(({ key }) => key.startsWith(`${connection.id}:`))
  const first = mine.at(-1)
  const seen = useQuery({
    ...connectionQuery(connection.id),
    initialData: connection,
    refetchInterval: first ? false : LOOK_EVERY_MS,
  }).data
  const stuck = useQuery({
    ...runsQuery({ status: 'failed' }, undefined),
    refetchInterval: first ? false : LOOK_EVERY_MS,
    enabled: isShop && !first,
  }).data?.items.find(({ orderKey }) => orderKey.startsWith(`${connection.id}:`))
  const overview = useQuery({ ...overviewQuery, refetchInterval: first ? false : 3 * LOOK_EVERY_MS })
  const unclaimed = overview.data?.unclaimed ?? 0
  const polledAt = seen.lastPolledAt
  // A poll that failed is no poll.
  const hasPolled = first !== undefined || (polledAt !== undefined && !seen.fault)
  const isEmpty =
    connector.polls &&
    hasPolled &&
    polledAt !== undefined &&
    !first &&
    now - Date.parse(polledAt) > SEEN_WITHIN_MS

  return (
    <div className={css.step}>
      <ol className={css.progress} aria-live="polite">
        <Item state="done">{t('connections.isOn', { name: seen.name })}</Item>
        {connector.polls && (
          <Item state={hasPolled ? 'done' : seen.fault ? 'none' : 'busy'}>
            {hasPolled
              ? t('connections.hasPolled')
              : seen.fault
                ? t('connections.pollStopped')
                : t('connections.isPolling', { name: say(connector.name) })}
          </Item>
        )}
        {isShop && (
          <Item state={first ? 'done' : isEmpty || stuck || seen.fault ? 'none' : 'busy'}>
            {first ? (
              <>
                <strong>{t('connections.firstOrder')}</strong>{' '}
                <Link to={addressOf(first)}>{t('connections.firstOrderIs', { order: first.orderId })}</Link>
              </>
            ) : stuck ? (
              <>
                <strong>{t('connections.firstStuck')}</strong> {say(stuck.sentence)}{' '}
                <Link to={`/runs/${encodeURIComponent(stuck.id)}`}>{t('connections.seeStuck')}</Link>
              </>
            ) : isEmpty ? (
              t('connections.noOrders')
            ) : connector.polls ? (
              t('connections.waitsForOrder')
            ) : (
              t('connections.waitsForPush')
            )}
          </Item>
        )}
      </ol>
      {first && mine.length > 1 && (
        <p className={css.faint}>{t('connections.moreOrders', { n: countText(mine.length) })}</p>
      )}
      {!first && isShop && unclaimed > 0 && (
        <p className={css.faint}>
          {t('connections.unclaimed', { n: countText(unclaimed) })}{' '}
          <Link to="/">{t('connections.toUnclaimed')}</Link>
        </p>
      )}
      {!first && seen.fault && (
        <FaultBox fault={seen.fault} connector={connector} onRemedy={props.onRemedy} />
      )}
      {!first && <PushAddress connection={seen} connector={connector} />}
      {!first && isShop && seen.mapping === undefined && <ConnectionMapping connection={seen} />}
      {!isShop && <p>{t('connections.useInWorkflow')}</p>}
      <div className={css.foot}>
        {first ? (
          <Button type="primary" onClick={() => void navigate(addressOf(first))}>
            {t('connections.seeOrder')}
          </Button>
        ) : (
          connector.polls && isEmpty && <PollNow connection={seen} />
        )}
        <Button onClick={props.onClose}>
          {t(first || !isShop ? 'connections.done' : 'connections.closeGoesOn')}
        </Button>
      </div>
    </div>
  )
}

const addressOf = ({ key }: Pick<OrderSummary, 'key'>) => `/orders?open=${encodeURIComponent(key)}`

const MARKS = {
  done: <CheckCircleFilled aria-hidden />,
  busy: <LoadingOutlined aria-hidden />,
  none: <MinusCircleOutlined aria-hidden />,
}

function Item({ state, children }: { state: keyof typeof MARKS; children: ReactNode }): ReactElement {
  return (
    <li data-state={state}>
      {MARKS[state]} <span>{children}</span>
    </li>
  )
}
