import { queryOptions } from '@tanstack/react-query'
import type { FrozenSku, LedgerEntry, Page, StockRow, Warehouse } from '../api/contract.ts'
import { query, request } from '../api/request.ts'

export const stockQuery = (question: { warehouse?: string; sku?: string; cursor?: string | undefined }) => {
  const address = query({ ...question, limit: 50 })
  return queryOptions({
    queryKey: ['stock', 'list', address],
    queryFn: ({ signal }) => request<Page<StockRow>>(`/stock${address}`, { signal }),
  })
}

export const ledgerQuery = (
  place: { warehouse: string; sku: string } | undefined,
  cursor: string | undefined,
) => {
  const address = query({ ...place, cursor, limit: 50 })
  return queryOptions({
    queryKey: ['stock', 'ledger', address],
    queryFn: ({ signal }) => request<Page<LedgerEntry>>(`/stock/ledger${address}`, { signal }),
    enabled: place !== undefined,
  })
}

export const frozenQuery = queryOptions({
  queryKey: ['stock', 'frozen'],
  queryFn: ({ signal }) => request<Page<FrozenSku>>('/freezes', { signal }),
  refetchInterval: 5_000,
})

export const warehousesQuery = queryOptions({
  queryKey: ['warehouses'],
  queryFn: ({ signal }) => request<Page<Warehouse>>('/warehouses', { signal }),
})
