import type { ReactElement } from 'react'
import type { Connection, Connector } from '../api/connection-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import css from './ConnectionsPage.module.css'

/** Where the other side sends to us, and what to do with the address; nothing where it sends nothing. */
export function PushAddress(props: {
  connection: Connection
  connector: Connector | undefined
}): ReactElement | null {
  const { t } = useWords()
  const { connection, connector } = props
  const { pushUrl } = connection
  const takesOrders = connector === undefined || (connector.kind === 'orders' && !connector.polls)
  if (pushUrl === undefined && !takesOrders) return null
  // What a platform is told has to be reached from outside: the server knows best what it is called there.
  const address = pushUrl
    ? new URL(pushUrl, location.origin).href
    : `${location.origin}/api/intake/${encodeURIComponent(connection.id)}`
  return (
    <section>
      <h3 className={css.title}>{t(pushUrl ? 'connections.pushAddress' : 'connections.address')}</h3>
      <p className={css.address}>
        <code>{address}</code>
        <CopyButton text={address} />
      </p>
      <p className={css.faint}>{t(pushUrl ? 'connections.pushAddressWhy' : 'connections.addressWhy')}</p>
    </section>
  )
}
