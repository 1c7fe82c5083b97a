import { Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import css from './ConnectionsPage.module.css'
import type { ConnectionRow } from './connection-list.ts'
import { channelName, shopName } from './own-names.ts'
import { PollNow } from './PollNow.tsx'
import { bringsOrders } from './setup/steps.ts'

const ROWS_PER_PAGE = 50

export function ConnectionTable(props: {
  rows: readonly ConnectionRow[]
  onOpen: (id: string) => void
}): ReactElement {
  const { t, say, language } = useWords()
  const { rows, onOpen } = props
  const columns: TableColumnsType<ConnectionRow> = [
    {
      title: t('connections.name'),
      render: (_, { connection: { id, name } }) => (
        <button
          type="button"
          className={css.open}
          aria-label={t('connections.open', { name })}
          title={name}
          onClick={() => onOpen(id)}
        >
          {name}
        </button>
      ),
    },
    {
      title: t('connections.state'),
      width: 140,
      render: (_, { connection, connector }) => (
        <ConnectionState connection={connection} connector={connector} />
      ),
    },
    {
      title: t('connections.channel'),
      width: 120,
      render: (_, { connection }) => channelName(connection, language),
    },
    {
      title: t('connections.shop'),
      width: 200,
      ellipsis: true,
      render: (_, { connection }) => shopName(connection),
    },
    {
      title: t('connections.kind'),
      width: 140,
      render: (_, { connection, connector }) => say(connector?.name) || connection.connector,
    },
    {
      title: t('connections.lastPolled'),
      width: 150,
      render: (_, { connection: { lastPolledAt }, connector }) =>
        lastPolledAt ? (
          <Moment at={lastPolledAt} />
        ) : (
          <span className={css.faint}>{comesWord(connector, t)}</span>
        ),
    },
    {
      title: t('connections.actions'),
      width: 110,
      align: 'right',
      render: (_, { connection, connector, standing }) =>
        connector?.polls && standing !== 'unfinished' && <PollNow connection={connection} />,
    },
  ]
  return (
    <Table
      size="small"
      rowKey={({ connection }) => connection.id}
      columns={columns}
      dataSource={[...rows]}
      pagination={{
        pageSize: ROWS_PER_PAGE,
        hideOnSinglePage: true,
        showSizeChanger: false,
        size: 'small',
        className: css.pages ?? '',
      }}
      scroll={{ x: 960 }}
      onRow={({ connection }) => ({ onClick: () => onOpen(connection.id), className: css.row ?? '' })}
    />
  )
}

/** How orders come by a connection that was never polled; nothing where none come. */
function comesWord(connector: ConnectionRow['connector'], t: ReturnType<typeof useWords>['t']): string {
  if (connector?.polls) return t('connections.never')
  return bringsOrders(connector) ? t('connections.pushed') : t('parts.none')
}
