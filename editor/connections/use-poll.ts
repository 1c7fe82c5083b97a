import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { connectionPath, connectionsQuery } from './queries.ts'

/** Fetches from a connection now instead of at its next time. */
export function usePoll({ id }: Pick<Connection, 'id'>): UseMutationResult<unknown, Error, void> {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => request(connectionPath(id, '/poll'), { method: 'POST' }),
    onSuccess: () => {
      report.done(t('connections.polled'))
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.pollFailed', { why })),
  })
}
