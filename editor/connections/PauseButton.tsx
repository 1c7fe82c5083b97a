import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { connectionPath, connectionsQuery } from './queries.ts'

/** Stops a connection for a while, or lets it go on; nothing of it is lost. */
export function PauseButton({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { enabled, id, name } = connection
  const turn = useMutation({
    mutationFn: () => request(connectionPath(id), { method: 'PUT', body: { enabled: !enabled } }),
    onSuccess: () => {
      report.done(t(enabled ? 'connections.paused' : 'connections.resumed', { name }))
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.notSaved', { why })),
  })
  return (
    <Button
      size="small"
      icon={enabled ? <PauseOutlined aria-hidden /> : <PlayCircleOutlined aria-hidden />}
      loading={turn.isPending}
      onClick={() => turn.mutate()}
    >
      {t(enabled ? 'connections.pause' : 'connections.resume')}
    </Button>
  )
}
