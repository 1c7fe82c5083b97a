import { queryOptions } from '@tanstack/react-query'
import type { OrderDetail, OrderSummary, Page } from '../api/contract.ts'
import { query, request } from '../api/request.ts'

export interface OrderQuestion {
  readonly connection?: string
  readonly q?: string
  readonly status?: string
  readonly outcome?: string
  readonly channel?: string
  readonly duplicates?: string
  readonly cursor?: string | undefined
  readonly limit?: number
}

export const ordersQuery = (question: OrderQuestion) => {
  const address = query({ ...question })
  return queryOptions({
    queryKey: ['orders', 'list', address],
    queryFn: ({ signal }) => request<Page<OrderSummary>>(`/orders${address}`, { signal }),
  })
}

export const orderQuery = (key: string | undefined) =>
  queryOptions({
    queryKey: ['orders', 'one', key],
    queryFn: ({ signal }) => request<OrderDetail>(`/orders/${encodeURIComponent(key ?? '')}`, { signal }),
    enabled: key !== undefined,
  })
