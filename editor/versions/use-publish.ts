import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkflowDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { signed } from '../workflows/signed.ts'
import { useOffer } from '../workflows/use-offer.tsx'
import { useRepublish } from './use-republish.ts'

export interface Publishing {
  readonly note: string
  /** Of the draft that was looked at: another one is refused. */
  readonly rev: number
  readonly despiteCases: boolean
}

/** Makes the draft live, and offers the way back to what was live before. */
export function usePublish(
  workflow: WorkflowDetail,
  { onPublished, onRefused }: { readonly onPublished: () => void; readonly onRefused: () => void },
): UseMutationResult<{ readonly version: number }, Error, Publishing> {
  const { t } = useWords()
  const report = useReport()
  const offer = useOffer()
  const queries = useQueryClient()
  const { id, published } = workflow
  const back = useRepublish(id, onPublished)
  return useMutation({
    mutationFn: ({ note, rev, despiteCases }: Publishing) =>
      request<{ version: number }>(`/workflows/${encodeURIComponent(id)}/publish`, {
        method: 'POST',
        body: { ...(note ? { note } : {}), ...signed(), rev, despiteCases },
      }),
    onSuccess: async ({ version }) => {
      const done = t('versions.published', { n: version })
      if (published)
        offer(done, t('versions.backTo', { n: published.version }), () => back.mutate(published.version))
      else report.done(done)
      await queries.invalidateQueries({ queryKey: ['workflows'] })
      onPublished()
    },
    onError: failure => {
      report.failed(failure, why => t('versions.publishFailed', { why }))
      onRefused()
    },
  })
}
