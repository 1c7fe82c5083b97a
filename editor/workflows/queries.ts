import { queryOptions } from '@tanstack/react-query'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { Page, WorkflowDetail, WorkflowVersion } from '../api/contract.ts'
import { request } from '../api/request.ts'

export const workflowQuery = (id: string) =>
  queryOptions({
    queryKey: ['workflows', id],
    queryFn: ({ signal }) => request<WorkflowDetail>(`/workflows/${encodeURIComponent(id)}`, { signal }),
  })

/** A published version never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['workflows', id, 'versions', version],
    queryFn: ({ signal }) =>
      request<WorkflowVersion>(`/workflows/${encodeURIComponent(id)}/versions/${version}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Node types change only with the server. */
export const nodeTypesQuery = queryOptions({
  queryKey: ['node-types'],
  queryFn: ({ signal }) => request<Page<NodeManifest>>('/node-types', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
