import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Page } from '../api/contract.ts'
import type { BeforePublish, VersionDiff, VersionSummary } from '../api/draft-contract.ts'
import { query, request } from '../api/request.ts'

const address = (id: string) => `/workflows/${encodeURIComponent(id)}`

/** Asks anew, whatever is known already. */
export function readBeforePublish(id: string, signal?: AbortSignal): Promise<BeforePublish> {
  return request<BeforePublish>(`${address(id)}/before-publish`, signal ? { signal } : {})
}

/**
 * What publishing the saved draft would mean. Old as soon as the draft is saved or tested: whoever does either
 * invalidates `['workflows', id, 'before-publish']`.
 */
export const beforePublishQuery = (id: string, rev?: number) =>
  queryOptions({
    queryKey: ['workflows', id, 'before-publish', rev],
    queryFn: ({ signal }) => readBeforePublish(id, signal),
    // What was said of the draft before stays until the new is known.
    placeholderData: keepPreviousData,
  })

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflows', id, 'versions'],
    queryFn: ({ signal }) => request<Page<VersionSummary>>(`${address(id)}/versions`, { signal }),
  })

/** `from` and `to` are numbers of versions, or the draft. */
export type Side = number | 'draft'

export const diffQuery = (id: string, from: Side, to: Side) =>
  queryOptions({
    queryKey: ['workflows', id, 'diff', from, to],
    queryFn: ({ signal }) => request<VersionDiff>(`${address(id)}/diff${query({ from, to })}`, { signal }),
    // The canvas keeps the comparison before while the next one is read.
    placeholderData: keepPreviousData,
    staleTime: from === 'draft' || to === 'draft' ? 0 : Number.POSITIVE_INFINITY,
  })
