import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Connector } from '../../api/connection-contract.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './Gallery.module.css'
import { type ConnectorKind, shelves } from './gallery.ts'

const KIND_NAMES = {
  shop: 'connections.kindShop',
  orders: 'connections.kindOrders',
  supplier: 'connections.kindSupplier',
  carrier: 'connections.kindCarrier',
  people: 'connections.kindPeople',
} as const satisfies Readonly<Record<ConnectorKind, string>>

/** Everything that can be connected, by what it is for. */
export function Gallery(props: {
  connectors: readonly Connector[]
  onChoose: (connector: Connector) => void
}): ReactElement {
  const { t, say } = useWords()
  const [looked, setLooked] = useState('')
  const found = shelves(props.connectors, looked)
  return (
    <div className={css.gallery}>
      <Input
        className={css.search ?? ''}
        type="search"
        prefix={<SearchOutlined aria-hidden />}
        allowClear
        aria-label={t('connections.searchConnectors')}
        placeholder={t('connections.searchConnectors')}
        value={looked}
        onChange={event => setLooked(event.target.value)}
      />
      {found.length === 0 && (
        <p className={css.none} role="status">
          {t('connections.noConnector')}
        </p>
      )}
      {found.map(({ kind, connectors }) => (
        <section key={kind} aria-label={t(KIND_NAMES[kind])}>
          <h2 className={css.kind}>{t(KIND_NAMES[kind])}</h2>
          <ul className={css.shelf}>
            {connectors.map(connector => (
              <li key={connector.id}>
                <button type="button" className={css.card} onClick={() => props.onChoose(connector)}>
                  <span className={css.mark} data-kind={kind} aria-hidden="true">
                    {say(connector.name).slice(0, 1)}
                  </span>
                  <span className={css.words}>
                    <span className={css.name}>{say(connector.name)}</span>
                    <span className={css.text}>{say(connector.title)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
