import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'

/** Retries a failed run from the step that failed, and says how that went. */
export function useRetry(run: string): { readonly retry: () => void; readonly isPending: boolean } {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: () => request(`/runs/${encodeURIComponent(run)}/retry`, { method: 'POST' }),
    onSuccess: () => {
      report.done(t('runs.retried'))
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['runs'] }),
        queries.invalidateQueries({ queryKey: ['orders'] }),
      ])
    },
    onError: failure => report.failed(failure, why => t('runs.retryFailed', { why })),
  })
  return { retry: () => mutate(), isPending }
}
