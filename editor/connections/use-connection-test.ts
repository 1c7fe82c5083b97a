import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Connection, ConnectionTest } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { connectionPath, connectionsQuery } from './queries.ts'

/** Where what the last try of a connection brought is kept. */
export const testKey = ({ id }: Pick<Connection, 'id'>) => ['connection-test', id] as const

/**
 * Tries a connection once, and again on demand. It only asks and changes nothing at the platform, so it may begin by
 * itself.
 * @param enabled false while there is nothing to try it with
 */
export function useConnectionTest(
  connection: Pick<Connection, 'id' | 'authorized'>,
  enabled: boolean,
): UseQueryResult<ConnectionTest> {
  const queries = useQueryClient()
  const test = useQuery({
    queryKey: [...testKey(connection), connection.authorized !== undefined],
    queryFn: ({ signal }) =>
      request<ConnectionTest>(connectionPath(connection.id, '/test'), { method: 'POST', signal }),
    enabled,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  // What it found is also how the connection stands.
  useEffect(() => {
    if (test.dataUpdatedAt > 0) void queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
  }, [test.dataUpdatedAt, queries])
  return test
}
