import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useRef, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Facts } from '../parts/Facts.tsx'
import { Moment } from '../parts/Moment.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { warehousesQuery } from '../stock/queries.ts'
import { AuthorizedUntil } from './AuthorizedUntil.tsx'
import { ConnectionMapping } from './ConnectionMapping.tsx'
import { ConnectionSettings } from './ConnectionSettings.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import css from './ConnectionsPage.module.css'
import { Credentials } from './Credentials.tsx'
import type { ConnectionRow } from './connection-list.ts'
import { FaultBox } from './FaultBox.tsx'
import type { Remedy } from './faults.ts'
import { LimitField } from './LimitField.tsx'
import { channelName, shopName } from './own-names.ts'
import { PauseButton } from './PauseButton.tsx'
import { PollNow } from './PollNow.tsx'
import { PushAddress } from './PushAddress.tsx'
import { RemoveButton } from './RemoveButton.tsx'
import { hasFields, takesOrders } from './setup/steps.ts'
import { nextStep } from './standing.ts'
import { UploadOrders } from './UploadOrders.tsx'
import { useAuthorize } from './use-authorize.ts'
import type { ConnectionPlace } from './use-place.ts'
import { usePoll } from './use-poll.ts'

/** One connection: how it is and what to do about it, what lets us in, and how its orders are read. */
export function ConnectionPanel(props: {
  row: ConnectionRow | undefined
  onGo: (place: ConnectionPlace) => void
}): ReactElement {
  const { row, onGo } = props
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(row)
  if (row && row !== shown) setShown(row)
  const isUnfinished = shown?.standing === 'unfinished'
  return (
    <SidePanel
      open={row !== undefined}
      title={shown?.connection.name}
      extra={
        shown &&
        !isUnfinished && (
          <span className={css.buttons}>
            {shown.connector?.polls && <PollNow connection={shown.connection} />}
            <PauseButton connection={shown.connection} />
          </span>
        )
      }
      onClose={() => onGo({})}
    >
      {shown && <Opened key={shown.connection.id} row={shown} onGo={onGo} />}
    </SidePanel>
  )
}

function Opened({ row, onGo }: { row: ConnectionRow; onGo: (place: ConnectionPlace) => void }): ReactElement {
  const { t, say, language } = useWords()
  const { connection, connector } = row
  const { data: warehouses } = useQuery(warehousesQuery)
  const authorize = useAuthorize(connection)
  const poll = usePoll(connection)
  const settings = useRef<HTMLElement>(null)
  const warehouse = warehouses?.items.find(({ id }) => id === connection.warehouse)
  const next = nextStep(connection, connector)
  const to = (step: ConnectionPlace['step']) => onGo({ open: connection.id, step })
  const remedy = (what: Remedy) => {
    if (what === 'authorize') authorize.mutate()
    else if (what === 'keys') to('keys')
    else if (what === 'settings') settings.current?.scrollIntoView({ block: 'start' })
    else if (connector?.polls && connection.enabled) poll.mutate()
    else to('verify')
  }
  return (
    <div className={css.opened}>
      {next !== undefined && (
        <section className={css.unfinished}>
          <p>{t('connections.unfinishedWhy')}</p>
          <Button type="primary" onClick={() => to(next)}>
            {t('connections.goOnSetUp')}
          </Button>
        </section>
      )}
      {connection.fault ? (
        <FaultBox
          fault={connection.fault}
          connector={connector}
          busy={authorize.isPending || poll.isPending}
          onRemedy={remedy}
        />
      ) : (
        connection.lastError && (
          <section className={css.error}>
            <h2>{t('connections.lastError')}</h2>
            <p>{connection.lastError}</p>
          </section>
        )
      )}
      <Facts
        facts={[
          [
            t('connections.state'),
            <ConnectionState key="state" connection={connection} connector={connector} />,
          ],
          [t('connections.kind'), say(connector?.name) || connection.connector],
          [t('connections.channel'), channelName(connection, language)],
          [t('connections.shop'), shopName(connection)],
          [t('connections.warehouse'), warehouse?.name ?? connection.warehouse],
          [
            t('connections.lastPolled'),
            connection.lastPolledAt && <Moment key="polled" at={connection.lastPolledAt} />,
          ],
          [t('connections.sendsTo'), connection.url],
        ]}
      />
      {connector?.authorizes && (
        <section>
          <h2 className={css.title}>{t('connections.authorization')}</h2>
          {connection.authorized ? (
            <p>
              <AuthorizedUntil authorized={connection.authorized} />
            </p>
          ) : (
            <p className={css.faint}>{t('connections.notAuthorized')}</p>
          )}
          <div className={css.buttons}>
            <Button loading={authorize.isPending} onClick={() => authorize.mutate()}>
              {t(connection.authorized ? 'connections.authorizeAgain' : 'connections.authorize')}
            </Button>
            {connector.tests && connection.authorized && (
              <Button onClick={() => to('verify')}>{t('connections.test')}</Button>
            )}
          </div>
        </section>
      )}
      {connector?.credentials && hasFields(connector.credentials) && (
        <Credentials
          connection={connection}
          connector={{ ...connector, credentials: connector.credentials }}
          onChange={() => to('keys')}
        />
      )}
      {connector?.tests && !connector.authorizes && (
        <section>
          <h2 className={css.title}>{t('connections.test')}</h2>
          <Button onClick={() => to('verify')}>{t('connections.testNow')}</Button>
        </section>
      )}
      <PushAddress connection={connection} connector={connector} />
      <section ref={settings}>
        <h2 className={css.title}>{t('connections.settings')}</h2>
        <ConnectionSettings connection={connection} connector={connector} />
      </section>
      {takesOrders(connector) && (
        <>
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
        </>
      )}
      <section>
        <RemoveButton connection={connection} onRemoved={() => onGo({})} />
      </section>
    </div>
  )
}
