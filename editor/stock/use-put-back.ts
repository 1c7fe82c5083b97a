import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { preferences } from '../look/preferences.ts'
import { useReport } from '../parts/use-report.ts'

/** Puts a SKU back on sale in the name of the person. */
export function usePutBack(sku: string): UseMutationResult<unknown, Error, void> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      request('/freezes/lift', {
        method: 'POST',
        body: { sku, by: preferences.get().signature.trim() },
      }),
    onSuccess: () => report.done(t('stock.putBackDone', { sku })),
    onError: failure => report.failed(failure, why => t('stock.putBackFailed', { why })),
    // Also after a refusal: somebody else may have put it back meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ['stock', 'frozen'] }),
  })
}
