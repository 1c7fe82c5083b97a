import { queryOptions } from '@tanstack/react-query'
import type { Connection, Connector } from '../api/connection-contract.ts'
import type { Page } from '../api/contract.ts'
import { query, request } from '../api/request.ts'

const PER_REQUEST = 200

/** All of them: a client may have a thousand, and what is chosen from must be whole. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: async ({ signal }): Promise<Page<Connection>> => {
    const items: Connection[] = []
    let cursor: string | undefined
    do {
      const page: Page<Connection> = await request(`/connections${query({ cursor, limit: PER_REQUEST })}`, {
        signal,
      })
      items.push(...page.items)
      cursor = page.next
    } while (cursor !== undefined)
    return { items }
  },
})

/** One connection, asked for by itself while something is going on with it. */
export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['connections', id],
    queryFn: ({ signal }) => request<Connection>(connectionPath(id), { signal }),
  })

/** Kinds of connection change only with the server. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => request<Page<Connector>>('/connectors', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Where the API has a connection, and what stands below it. */
export function connectionPath(id: string, below = ''): string {
  return `/connections/${encodeURIComponent(id)}${below}`
}
