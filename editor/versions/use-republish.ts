import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { signed } from '../workflows/signed.ts'

/** Makes an earlier version of a workflow live again, at once and as a new one; the draft stays as it is. */
export function useRepublish(
  workflow: string,
  onDone: () => void,
): UseMutationResult<{ readonly version: number }, Error, number> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (version: number) =>
      request<{ version: number }>(
        `/workflows/${encodeURIComponent(workflow)}/versions/${version}/republish`,
        { method: 'POST', body: { ...signed(), note: t('versions.backNote', { n: version }) } },
      ),
    onSuccess: async (made, version) => {
      report.done(t('versions.isBack', { n: version, live: made.version }))
      await queries.invalidateQueries({ queryKey: ['workflows'] })
      onDone()
    },
    onError: (failure, version) =>
      report.failed(failure, why => t('versions.backFailed', { n: version, why })),
  })
}
