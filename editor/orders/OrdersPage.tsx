import { ShoppingOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { type ReactElement, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { StartDemo } from '../overview/StartDemo.tsx'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import { type Filters, useFilters } from '../parts/use-filters.ts'
import { ORDER_FILTERS, type OrderFilter, OrderFilters } from './OrderFilters.tsx'
import { OrderPanel } from './OrderPanel.tsx'
import css from './OrdersPage.module.css'
import { orderColumns } from './order-columns.tsx'
import { ordersQuery } from './queries.ts'

/** 订单: every order with what became of it and why. */
export function OrdersPage(): ReactElement {
  const words = useWords()
  const { t } = words
  const [filters, setFilters] = useFilters('orders', ORDER_FILTERS)
  const [search, setSearch] = useSearchParams()
  const [trail, setTrail] = useState(firstPage)
  const orders = useQuery({
    ...ordersQuery({ ...filters, cursor: trail.at(-1), limit: 50 }),
    placeholderData: keepPreviousData,
    // Pages further back are not pulled from under the reader.
    refetchInterval: trail.length === 1 ? 5_000 : false,
  })
  const change = (next: Filters<OrderFilter>) => {
    setTrail(firstPage)
    setFilters(next)
  }
  const open = (key: string | undefined) => {
    const changed = new URLSearchParams(search)
    if (key) changed.set('open', key)
    else changed.delete('open')
    setSearch(changed)
  }

  const columns = orderColumns(words, open)
  const rows = orders.data?.items ?? []
  const filtered = Object.keys(filters).length > 0
  return (
    <>
      <PageHead title={t('frame.orders')} />
      <OrderFilters filters={filters} onChange={change} />
      <div className={panel.panel} aria-busy={orders.isPlaceholderData}>
        {orders.isPending ? (
          <Loading rows={10} />
        ) : orders.isError && !orders.data ? (
          <Failed failure={orders.error} onRetry={() => void orders.refetch()} />
        ) : rows.length > 0 ? (
          <Table
            size="small"
            rowKey="key"
            columns={columns}
            dataSource={[...rows]}
            pagination={false}
            tableLayout="fixed"
            scroll={{ x: 1000 }}
            onRow={order => ({ onClick: () => open(order.key), className: css.row ?? '' })}
          />
        ) : filtered ? (
          <Notice
            picture={<ShoppingOutlined aria-hidden />}
            title={t('orders.noneMatchTitle')}
            text={t('orders.noneMatch')}
            action={
              <Button onClick={() => change(Object.fromEntries(ORDER_FILTERS.map(key => [key, undefined])))}>
                {t('parts.clearFilters')}
              </Button>
            }
          />
        ) : (
          <Notice
            picture={<ShoppingOutlined aria-hidden />}
            title={t('orders.emptyTitle')}
            text={t('orders.emptyText')}
            action={<StartDemo />}
          />
        )}
      </div>
      <Pager trail={trail} next={orders.data?.next} rows={rows.length} onMove={setTrail} />
      <OrderPanel orderKey={search.get('open') ?? undefined} onClose={() => open(undefined)} />
    </>
  )
}
