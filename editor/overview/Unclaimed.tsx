import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import { overviewQuery } from '../api/overview.ts'
import { query, request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import css from './Attention.module.css'

interface Part {
  readonly sent: number
  readonly left: number
  readonly last?: string
}

/** Part by part, so that no request takes long; those nobody wants again come behind and are not sent twice. */
async function sendAll(): Promise<number> {
  let sent = 0
  let after: string | undefined
  for (;;) {
    const part = await request<Part>(`/events/retry-unclaimed${query({ after })}`, { method: 'POST' })
    sent += part.sent
    if (part.left === 0 || part.last === undefined) return sent
    after = part.last
  }
}

/** Orders no workflow wanted, and a way to send them again once there is one. */
export function Unclaimed({ count }: { count: number }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: sendAll,
    onSuccess: sent => report.done(t('overview.unclaimedSent', { count: sent })),
    onError: failure => report.failed(failure, why => t('overview.unclaimedNotSent', { why })),
    onSettled: () => queries.invalidateQueries({ queryKey: overviewQuery.queryKey }),
  })
  return (
    <div className={css.call}>
      <span>{t('overview.unclaimed', { count })}</span>
      <Popconfirm
        title={t('overview.unclaimedAsk', { count })}
        description={<div className={css.why}>{t('overview.unclaimedWhy')}</div>}
        okText={t('overview.unclaimedSend')}
        cancelText={t('overview.unclaimedLeave')}
        onConfirm={() => send.mutate()}
      >
        <Button size="small" loading={send.isPending}>
          {t('overview.unclaimedSend')}
        </Button>
      </Popconfirm>
    </div>
  )
}
