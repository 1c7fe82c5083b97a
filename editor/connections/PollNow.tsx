import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Connection } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { connectionsQuery } from './queries.ts'

/** Fetches from a connection now instead of at its next time. */
export function PollNow({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const poll = useMutation({
    mutationFn: () => request(`/connections/${encodeURIComponent(connection.id)}/poll`, { method: 'POST' }),
    onSuccess: () => {
      report.done(t('connections.polled'))
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.pollFailed', { why })),
  })
  return (
    <Button
      size="small"
      disabled={!connection.enabled}
      loading={poll.isPending}
      onClick={event => {
        event.stopPropagation()
        poll.mutate()
      }}
    >
      {t('connections.pollNow')}
    </Button>
  )
}
