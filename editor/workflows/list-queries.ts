import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Page, WorkflowSummary } from '../api/contract.ts'
import { query, request } from '../api/request.ts'

const PER_REQUEST = 200

/** All workflows, or the archived ones; page by page, because a client may have a thousand. */
export const workflowListQuery = (archived: boolean) =>
  infiniteQueryOptions({
    queryKey: ['workflows', { archived }],
    queryFn: ({ pageParam, signal }) =>
      request<Page<WorkflowSummary>>(
        `/workflows${query({ archived: archived || undefined, cursor: pageParam, limit: PER_REQUEST })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  })
