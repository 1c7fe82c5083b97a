import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import type { Connection } from '../api/connection-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { connectionPath, connectionsQuery } from './queries.ts'

/** Removes a connection that was begun by mistake, after asking; the server keeps those something came by. */
export function RemoveButton(props: { connection: Connection; onRemoved: () => void }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { id, name } = props.connection
  const remove = useMutation({
    mutationFn: () => request(connectionPath(id), { method: 'DELETE' }),
    onSuccess: () => {
      report.done(t('connections.removed', { name }))
      props.onRemoved()
      return queries.invalidateQueries({ queryKey: connectionsQuery.queryKey })
    },
    onError: failure => report.failed(failure, why => t('connections.notRemoved', { why })),
  })
  return (
    <Popconfirm
      title={t('connections.removeAsks', { name })}
      description={t('connections.removeWhy')}
      okText={t('connections.remove')}
      cancelText={t('connections.goOn')}
      okButtonProps={{ danger: true }}
      onConfirm={() => remove.mutate()}
    >
      <Button danger type="text" icon={<DeleteOutlined aria-hidden />} loading={remove.isPending}>
        {t('connections.remove')}
      </Button>
    </Popconfirm>
  )
}
