import { queryOptions } from '@tanstack/react-query'
import type { Overview } from './contract.ts'
import { request } from './request.ts'

/** Totals of the workspace. The overview page asks often, the frame now and then for its counts. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => request<Overview>('/overview', { signal }),
})
