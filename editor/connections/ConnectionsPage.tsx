import { ApiOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Table, type TableColumnsType } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Connection } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { StartDemo } from '../overview/StartDemo.tsx'
import { channelWord } from '../parts/code-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import panel from '../parts/Panel.module.css'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import css from './ConnectionsPage.module.css'
import { PollNow } from './PollNow.tsx'
import { connectionsQuery, connectorsQuery } from './queries.ts'

/** 连接: the shops and systems orders come from and go to, and how they are. */
export function ConnectionsPage(): ReactElement {
  const { t, say, language } = useWords()
  const [open, setOpen] = useState<string>()
  const connections = useQuery({ ...connectionsQuery, refetchInterval: 5_000 })
  const connectors = useQuery(connectorsQuery)
  const connectorOf = (connection: Connection) =>
    connectors.data?.items.find(({ id }) => id === connection.connector)
  const columns: TableColumnsType<Connection> = [
    {
      title: t('connections.name'),
      render: (_, connection) => (
        <button
          type="button"
          className={css.open}
          aria-label={t('connections.open', { name: connection.name })}
          onClick={() => setOpen(connection.id)}
        >
          {connection.name}
        </button>
      ),
    },
    {
      title: t('connections.channel'),
      width: 120,
      render: (_, { channel }) => channelWord(channel ?? '', language),
    },
    { title: t('connections.shop'), width: 200, dataIndex: 'shop', ellipsis: true },
    {
      title: t('connections.kind'),
      width: 120,
      render: (_, connection) => say(connectorOf(connection)?.name) || connection.connector,
    },
    {
      title: t('connections.state'),
      width: 110,
      render: (_, connection) => <ConnectionState connection={connection} />,
    },
    {
      title: t('connections.lastPolled'),
      width: 150,
      render: (_, connection) =>
        connection.lastPolledAt ? (
          <Moment at={connection.lastPolledAt} />
        ) : (
          <span className={css.faint}>
            {connectorOf(connection)?.polls ? t('connections.never') : t('connections.pushed')}
          </span>
        ),
    },
    {
      title: t('connections.actions'),
      width: 110,
      align: 'right',
      render: (_, connection) => connectorOf(connection)?.polls && <PollNow connection={connection} />,
    },
  ]
  const rows = connections.data?.items ?? []
  return (
    <>
      <PageHead title={t('frame.connections')} />
      <div className={panel.panel}>
        {connections.isPending ? (
          <Loading rows={5} />
        ) : connections.isError && !connections.data ? (
          <Failed failure={connections.error} onRetry={() => void connections.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<ApiOutlined aria-hidden />}
            title={t('connections.emptyTitle')}
            text={t('connections.emptyText')}
            action={<StartDemo />}
          />
        ) : (
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...rows]}
            pagination={false}
            scroll={{ x: 860 }}
            onRow={connection => ({ onClick: () => setOpen(connection.id), className: css.row ?? '' })}
          />
        )}
      </div>
      <ConnectionPanel
        connection={rows.find(({ id }) => id === open)}
        connector={connectors.data?.items.find(
          ({ id }) => id === rows.find(row => row.id === open)?.connector,
        )}
        onClose={() => setOpen(undefined)}
      />
    </>
  )
}
