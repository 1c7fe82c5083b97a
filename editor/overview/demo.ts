import {
  queryOptions,
  type UseMutationResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { DemoState } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'

const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => request<DemoState>('/demo', { signal }),
  refetchInterval: ({ state }) => (state.data?.running ? 1_000 : 15_000),
})

/** The demo shop's progress; says so when all its orders are sent. */
export function useDemo(): DemoState | undefined {
  const { t } = useWords()
  const report = useReport()
  const { data } = useQuery(demoQuery)
  const wasRunning = useRef(false)
  useEffect(() => {
    if (!data) return
    if (wasRunning.current && !data.running && data.sent >= data.total) report.done(t('overview.demoDone'))
    wasRunning.current = data.running
  }, [data, report, t])
  return data
}

/** Starts the demo shop: it sets itself up, then sends orders. */
export function useStartDemo(): UseMutationResult<unknown, Error, void> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => request('/demo', { method: 'POST' }),
    // Stays pending until the progress is there, so that the button gives way to the bar in one go.
    onSuccess: () => queries.invalidateQueries(),
    onError: failure => report.failed(failure, why => t('overview.demoFailed', { why })),
  })
}

/** Stops the demo shop; what it sent so far is worked off. */
export function useStopDemo(): UseMutationResult<unknown, Error, void> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => request('/demo', { method: 'DELETE' }),
    onSuccess: () => {
      report.done(t('overview.demoStopped'))
      return queries.invalidateQueries({ queryKey: demoQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('overview.demoStopFailed', { why })),
  })
}
