import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Task } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { preferences } from '../look/preferences.ts'
import { useReport } from '../parts/use-report.ts'

/** Decides a task in the name of the person; the run that waits for it goes on. */
export function useDecide(task: Task): UseMutationResult<unknown, Error, string> {
  const { t, say } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (choice: string) =>
      request(`/tasks/${encodeURIComponent(task.id)}/decide`, {
        method: 'POST',
        body: { choice, by: preferences.get().signature.trim() },
      }),
    onSuccess: (_, choice) => {
      const name = task.choices.find(({ id }) => id === choice)?.name
      report.done(t('tasks.decided', { choice: say(name) }))
    },
    onError: failure => report.failed(failure, why => t('tasks.decideFailed', { why })),
    // Also after a refusal: somebody else may have decided it meanwhile.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['tasks'] }),
        queries.invalidateQueries({ queryKey: ['overview'] }),
      ]),
  })
}
