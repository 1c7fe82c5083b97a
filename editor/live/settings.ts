import { queryOptions, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Settings } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { signed } from '../workflows/signed.ts'
import { paceText } from './pace-text.ts'

/** What is set for all; somebody else may change it meanwhile. */
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => request<Settings>('/settings', { signal }),
  refetchInterval: 5_000,
})

/** Sets how many orders are decided per second at most; 0 lifts the limit. */
export function useSetPace(): UseMutationResult<Settings, Error, number> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (drainPerSecond: number) =>
      request<Settings>('/settings', { method: 'PUT', body: { drainPerSecond, ...signed() } }),
    onSuccess: settings => {
      queries.setQueryData(settingsQuery.queryKey, settings)
      report.done(t('overview.paceSet', { pace: paceText(settings.drainPerSecond, t) }))
    },
    onError: failure => report.failed(failure, why => t('overview.paceNotSet', { why })),
  })
}
