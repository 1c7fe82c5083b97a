import { UploadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useRef } from 'react'
import { Link } from 'react-router'
import type { Connection, FileReceipt } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import css from './ConnectionsPage.module.css'

/** Orders from a file the person has: what became of every row is said in one line. */
export function UploadOrders({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData()
      body.append('file', file)
      return request<FileReceipt>(`/intake/${encodeURIComponent(connection.id)}/files`, {
        method: 'POST',
        body,
      })
    },
    onSuccess: () => queries.invalidateQueries(),
    onError: failure => report.failed(failure, why => t('connections.uploadFailed', { why })),
  })
  const receipt = upload.data
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.xlsx,.json,.ndjson,.jsonl"
        hidden
        onChange={event => {
          const file = event.target.files?.[0]
          if (file) upload.mutate(file)
          // The same file can be chosen again once it was mended.
          event.target.value = ''
        }}
      />
      <Button
        icon={<UploadOutlined aria-hidden />}
        disabled={!connection.enabled}
        loading={upload.isPending}
        onClick={() => input.current?.click()}
      >
        {t('connections.upload')}
      </Button>
      <p className={css.faint}>{t('connections.uploadWhy')}</p>
      <p role="status">
        {receipt && (
          <>
            {t('connections.uploaded', {
              accepted: countText(receipt.accepted),
              repeated: countText(receipt.repeated),
              refused: countText(receipt.refused.length),
            })}{' '}
            {receipt.refused.length > 0 && (
              <Link to="/tasks?tab=quarantine">{t('connections.toQuarantine')}</Link>
            )}
          </>
        )}
      </p>
    </>
  )
}
