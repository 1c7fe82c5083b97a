import { DatabaseOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Table, type TableColumnsType } from 'antd'
import { type ReactElement, useState } from 'react'
import type { StockRow } from '../api/contract.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { StartDemo } from '../overview/StartDemo.tsx'
import { Chips } from '../parts/Chips.tsx'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import { SearchField } from '../parts/SearchField.tsx'
import { type Filters, useFilters } from '../parts/use-filters.ts'
import { LedgerPanel } from './LedgerPanel.tsx'
import { OffSale } from './OffSale.tsx'
import { Proof } from './Proof.tsx'
import { frozenQuery, stockQuery, warehousesQuery } from './queries.ts'
import css from './StockPage.module.css'

const FILTERS = ['sku', 'warehouse'] as const

/** 库存: what each warehouse has of each SKU; a row opens the ledger it is the sum of. */
export function StockPage(): ReactElement {
  const { t } = useWords()
  const [filters, setFilters] = useFilters('stock', FILTERS)
  const [trail, setTrail] = useState(firstPage)
  const [open, setOpen] = useState<StockRow>()
  const warehouses = useQuery(warehousesQuery)
  const stock = useQuery({
    ...stockQuery({ ...filters, cursor: trail.at(-1) }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
  const frozen = useQuery(frozenQuery)
  const offSale = new Set((frozen.data?.items ?? []).map(({ sku }) => sku))
  const names = new Map((warehouses.data?.items ?? []).map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  const change = (next: Filters<(typeof FILTERS)[number]>) => {
    setTrail(firstPage)
    setFilters(next)
  }
  const columns: TableColumnsType<StockRow> = [
    {
      title: t('stock.sku'),
      render: (_, row) => (
        <>
          <button
            type="button"
            className={css.open}
            aria-label={t('stock.open', { warehouse: nameOf(row.warehouse), sku: row.sku })}
            onClick={() => setOpen(row)}
          >
            {row.sku}
          </button>
          {offSale.has(row.sku) && <span className={css.frozen}>{t('stock.frozenMark')}</span>}
        </>
      ),
    },
    { title: t('stock.warehouse'), width: 240, render: (_, row) => nameOf(row.warehouse) },
    {
      title: t('stock.available'),
      width: 170,
      align: 'right',
      render: (_, row) =>
        row.available > 0 ? (
          <strong>{countText(row.available)}</strong>
        ) : (
          <span className={css.soldOut}>{t('stock.soldOut')}</span>
        ),
    },
    { title: t('stock.held'), width: 130, align: 'right', render: (_, row) => countText(row.held) },
    { title: t('stock.onHand'), width: 130, align: 'right', render: (_, row) => countText(row.onHand) },
  ]
  const rows = stock.data?.items ?? []
  const filtered = Object.keys(filters).length > 0
  return (
    <>
      <PageHead title={t('frame.stock')}>
        <Proof nameOf={nameOf} />
      </PageHead>
      <OffSale />
      <search className={css.filters}>
        <SearchField label={t('stock.search')} value={filters.sku ?? ''} onSearch={sku => change({ sku })} />
        <Chips
          label={t('stock.warehouse')}
          chips={[...names].map(([value, word]) => ({ value, word }))}
          chosen={filters.warehouse}
          onChoose={warehouse => change({ warehouse })}
        />
      </search>
      <div className={panel.panel} aria-busy={stock.isPlaceholderData}>
        {stock.isPending ? (
          <Loading rows={10} />
        ) : stock.isError && !stock.data ? (
          <Failed failure={stock.error} onRetry={() => void stock.refetch()} />
        ) : rows.length > 0 ? (
          <Table
            size="small"
            rowKey={row => `${row.warehouse}/${row.sku}`}
            columns={columns}
            dataSource={[...rows]}
            pagination={false}
            scroll={{ x: 640 }}
            onRow={row => ({ onClick: () => setOpen(row), className: css.row ?? '' })}
          />
        ) : filtered ? (
          <Notice
            picture={<DatabaseOutlined aria-hidden />}
            title={t('stock.noneMatchTitle')}
            text={t('stock.noneMatch')}
            action={
              <Button onClick={() => change({ sku: undefined, warehouse: undefined })}>
                {t('parts.clearFilters')}
              </Button>
            }
          />
        ) : (
          <Notice
            picture={<DatabaseOutlined aria-hidden />}
            title={t('stock.emptyTitle')}
            text={t('stock.emptyText')}
            action={<StartDemo />}
          />
        )}
      </div>
      <Pager trail={trail} next={stock.data?.next} rows={rows.length} onMove={setTrail} />
      <LedgerPanel row={open} nameOf={nameOf} onClose={() => setOpen(undefined)} />
    </>
  )
}
