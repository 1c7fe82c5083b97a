import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { usePoll } from './use-poll.ts'

/** Fetches from a connection now instead of at its next time. */
export function PollNow({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const poll = usePoll(connection)
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
