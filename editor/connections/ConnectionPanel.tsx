import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { Connection, Connector } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { channelWord } from '../parts/code-words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Moment } from '../parts/Moment.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { warehousesQuery } from '../stock/queries.ts'
import { ConnectionMapping } from './ConnectionMapping.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import css from './ConnectionsPage.module.css'
import { LimitField } from './LimitField.tsx'
import { PollNow } from './PollNow.tsx'
import { UploadOrders } from './UploadOrders.tsx'

/** One connection: its state, where orders are sent to it, and a file of orders by hand. */
export function ConnectionPanel(props: {
  connection: Connection | undefined
  connector: Connector | undefined
  onClose: () => void
}): ReactElement {
  const { connection, connector } = props
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(connection)
  if (connection && connection !== shown) setShown(connection)
  return (
    <SidePanel
      open={connection !== undefined}
      title={shown?.name}
      extra={shown && connector?.polls && <PollNow connection={shown} />}
      onClose={props.onClose}
    >
      {shown && <Opened connection={shown} connector={connector} />}
    </SidePanel>
  )
}

function Opened(props: { connection: Connection; connector: Connector | undefined }): ReactElement {
  const { t, say, language } = useWords()
  const { connection, connector } = props
  const { data: warehouses } = useQuery(warehousesQuery)
  const warehouse = warehouses?.items.find(({ id }) => id === connection.warehouse)
  const address = `${location.origin}/api/intake/${encodeURIComponent(connection.id)}`
  return (
    <div className={css.opened}>
      <Facts
        facts={[
          [t('connections.state'), <ConnectionState key="state" connection={connection} />],
          [t('connections.kind'), say(connector?.title) || connection.connector],
          [t('connections.channel'), channelWord(connection.channel ?? '', language)],
          [t('connections.shop'), connection.shop],
          [t('connections.warehouse'), warehouse?.name ?? connection.warehouse],
          [
            t('connections.lastPolled'),
            connection.lastPolledAt && <Moment key="polled" at={connection.lastPolledAt} />,
          ],
          [t('connections.sendsTo'), connection.url],
        ]}
      />
      {connection.lastError && (
        <section className={css.error}>
          <h2>{t('connections.lastError')}</h2>
          <p>{connection.lastError}</p>
        </section>
      )}
      <section>
        <h2 className={css.title}>{t('connections.address')}</h2>
        <p className={css.address}>
          <code>{address}</code>
          <CopyButton text={address} />
        </p>
        <p className={css.faint}>{t('connections.addressWhy')}</p>
      </section>
      <section>
        <h2 className={css.title}>{t('connections.limit')}</h2>
        {/* What is typed belongs to one connection and to what is known of it. */}
        <LimitField key={`${connection.id}/${connection.limitPerSecond}`} connection={connection} />
      </section>
      <ConnectionMapping connection={connection} />
      <section>
        <h2 className={css.title}>{t('connections.upload')}</h2>
        <UploadOrders connection={connection} />
      </section>
    </div>
  )
}
