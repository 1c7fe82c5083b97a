import { queryOptions } from '@tanstack/react-query'
import type { Page } from '../api/contract.ts'
import type { Template } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'

/** Templates change only with the server. */
export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => request<Page<Template>>('/templates', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
