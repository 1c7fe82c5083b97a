import { queryOptions } from '@tanstack/react-query'
import type { Connection, Connector, Page } from '../api/contract.ts'
import { request } from '../api/request.ts'

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => request<Page<Connection>>('/connections', { signal }),
})

/** Kinds of connection change only with the server. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => request<Page<Connector>>('/connectors', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
