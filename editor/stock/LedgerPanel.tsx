import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Table, type TableColumnsType } from 'antd'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { LedgerEntry, StockRow } from '../api/contract.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Pager } from '../parts/Pager.tsx'
import { SidePanel } from '../parts/SidePanel.tsx'
import { ledgerQuery } from './queries.ts'
import css from './StockPage.module.css'

const movements = {
  received: 'stock.received',
  held: 'stock.moveHeld',
  shipped: 'stock.shipped',
  released: 'stock.released',
  returned: 'stock.returned',
  adjusted: 'stock.adjusted',
} as const

function isMovement(kind: string): kind is keyof typeof movements {
  return kind in movements
}

/** The ledger one stock figure is the sum of. */
export function LedgerPanel(props: {
  row: StockRow | undefined
  nameOf: (warehouse: string) => string
  onClose: () => void
}): ReactElement {
  const { row, nameOf } = props
  // The panel keeps what it shows while it slides away.
  const [shown, setShown] = useState(row)
  if (row && row !== shown) setShown(row)
  return (
    <SidePanel
      open={row !== undefined}
      title={shown && `${shown.sku} · ${nameOf(shown.warehouse)}`}
      width={760}
      onClose={props.onClose}
    >
      {shown && <Ledger key={`${shown.warehouse}/${shown.sku}`} row={shown} />}
    </SidePanel>
  )
}

function Ledger({ row }: { row: StockRow }): ReactElement {
  const { t } = useWords()
  const [trail, setTrail] = useState(firstPage)
  const ledger = useQuery({
    ...ledgerQuery({ warehouse: row.warehouse, sku: row.sku }, trail.at(-1)),
    placeholderData: keepPreviousData,
  })
  const columns: TableColumnsType<LedgerEntry> = [
    { title: t('stock.at'), width: 130, render: (_, entry) => <Moment at={entry.at} /> },
    {
      title: t('stock.movement'),
      width: 90,
      render: (_, { kind }) => (isMovement(kind) ? t(movements[kind]) : kind),
    },
    {
      title: t('stock.quantity'),
      width: 90,
      align: 'right',
      render: (_, entry) => countText(entry.quantity),
    },
    {
      title: t('stock.order'),
      width: 190,
      render: (_, entry) =>
        entry.order && <Link to={`/orders?open=${encodeURIComponent(entry.order)}`}>{entry.orderId}</Link>,
    },
    { title: t('stock.note'), render: (_, { note, orderId }) => (note === orderId ? '' : note) },
  ]
  return (
    <>
      <dl className={css.figures}>
        {(['available', 'held', 'onHand'] as const).map(figure => (
          <div key={figure} className={css.figure}>
            <dt>{t(`stock.${figure}`)}</dt>
            <dd>{countText(row[figure])}</dd>
          </div>
        ))}
      </dl>
      <p className={css.why}>{t('stock.ledgerWhy')}</p>
      {ledger.isPending ? (
        <Loading />
      ) : ledger.isError && !ledger.data ? (
        <Failed failure={ledger.error} onRetry={() => void ledger.refetch()} />
      ) : (
        <Table
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={[...(ledger.data?.items ?? [])]}
          pagination={false}
          locale={{ emptyText: t('stock.ledgerNone') }}
          scroll={{ x: 560 }}
        />
      )}
      <Pager trail={trail} next={ledger.data?.next} rows={ledger.data?.items.length ?? 0} onMove={setTrail} />
    </>
  )
}
