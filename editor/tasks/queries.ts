import { queryOptions } from '@tanstack/react-query'
import type { Page, QuarantineEntry, Task } from '../api/contract.ts'
import { query, request } from '../api/request.ts'

export const tasksQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['tasks', cursor],
    queryFn: ({ signal }) =>
      request<Page<Task>>(`/tasks${query({ status: 'open', cursor, limit: 30 })}`, { signal }),
  })

export const quarantineQuery = (cursor: string | undefined) =>
  queryOptions({
    queryKey: ['quarantine', cursor],
    queryFn: ({ signal }) =>
      request<Page<QuarantineEntry>>(`/quarantine${query({ cursor, limit: 30 })}`, { signal }),
  })
