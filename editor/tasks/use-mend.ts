import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FieldProblem } from '../api/contract.ts'
import { RequestFailure, request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'

/** What a message sent again is still refused for, and the quarantine entry it is now. */
export interface StillWrong {
  readonly quarantine: string
  readonly problems: readonly FieldProblem[]
}

/** The remaining problems inside a refusal; undefined where it was refused for something else. */
export function stillWrong(failure: unknown): StillWrong | undefined {
  if (!(failure instanceof RequestFailure)) return undefined
  const details = failure.details as Partial<StillWrong> | null | undefined
  return typeof details?.quarantine === 'string' && Array.isArray(details.problems)
    ? { quarantine: details.quarantine, problems: details.problems }
    : undefined
}

export function useResubmit(on: {
  onAccepted: () => void
  onStillWrong: (still: StillWrong) => void
}): UseMutationResult<unknown, Error, { id: string; text: string }> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) =>
      request(`/quarantine/${encodeURIComponent(id)}/resubmit`, { method: 'POST', body: { body: text } }),
    onSuccess: () => {
      report.done(t('tasks.resubmitted'))
      on.onAccepted()
    },
    onError: failure => {
      const still = stillWrong(failure)
      if (!still) return report.failed(failure, why => t('tasks.resubmitFailed', { why }))
      on.onStillWrong(still)
      report.failed(new Error(t('tasks.stillWrong', { count: still.problems.length })), why => why)
    },
    onSettled: () => refresh(queries),
  })
}

export function useDiscard(onGone: () => void): UseMutationResult<unknown, Error, string> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request(`/quarantine/${encodeURIComponent(id)}/discard`, { method: 'POST' }),
    onSuccess: () => {
      report.done(t('tasks.discarded'))
      onGone()
    },
    onError: failure => report.failed(failure, why => t('tasks.discardFailed', { why })),
    onSettled: () => refresh(queries),
  })
}

function refresh(queries: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: ['quarantine'] }),
    queries.invalidateQueries({ queryKey: ['overview'] }),
  ])
}
