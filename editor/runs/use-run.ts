import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { RunDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'

/** One run with its steps. */
export function useRun(id: string | undefined): UseQueryResult<RunDetail> {
  return useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => request<RunDetail>(`/runs/${encodeURIComponent(id ?? '')}`, { signal }),
    enabled: id !== undefined,
  })
}
