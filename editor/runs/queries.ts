import { queryOptions } from '@tanstack/react-query'
import type { Page, RunSummary } from '../api/contract.ts'
import type { VersionSummary } from '../api/draft-contract.ts'
import { query, request } from '../api/request.ts'

const ROWS = 30

export const runsQuery = (question: Readonly<Record<string, string>>, cursor: string | undefined) => {
  const address = query({ ...question, cursor, limit: ROWS })
  return queryOptions({
    queryKey: ['runs', 'list', address],
    queryFn: ({ signal }) => request<Page<RunSummary>>(`/runs${address}`, { signal }),
  })
}

/** The versions a list of runs can be narrowed to. */
export const runVersionsQuery = (workflow: string) =>
  queryOptions({
    queryKey: ['runs', 'versions', workflow],
    queryFn: ({ signal }) =>
      request<Page<VersionSummary>>(`/workflows/${encodeURIComponent(workflow)}/versions`, { signal }),
    staleTime: 60_000,
  })
