import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RunDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'

const LOOK_AGAIN_MS = 5_000

/** One run with its steps; read again while it may still go on: it waits, or its retry is on the way. */
export function useRun(id: string | undefined): UseQueryResult<RunDetail> {
  return useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => request<RunDetail>(`/runs/${encodeURIComponent(id ?? '')}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.status !== 'done' ? LOOK_AGAIN_MS : false),
  })
}
