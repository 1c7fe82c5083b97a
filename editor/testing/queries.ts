import { queryOptions } from '@tanstack/react-query'
import type { Page } from '../api/contract.ts'
import type { WorkflowCase } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'

export const casesKey = (workflow: string) => ['workflows', workflow, 'cases'] as const

export const casesAddress = (workflow: string) => `/workflows/${encodeURIComponent(workflow)}/cases`

export const casesQuery = (workflow: string) =>
  queryOptions({
    queryKey: casesKey(workflow),
    queryFn: ({ signal }) => request<Page<WorkflowCase>>(casesAddress(workflow), { signal }),
  })
