import { RedoOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Page, RunSummary } from '../api/contract.ts'
import { query, request } from '../api/request.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { inLanguage } from '../parts/failure-text.ts'
import { useReport } from '../parts/use-report.ts'
import { type Alike, alikeOf } from './alike.ts'
import css from './RunsList.module.css'

const CAUSES_SHOWN = 3
/** As far as it is counted before it is asked; the server counts them all when it retries. */
const COUNT_UP_TO = 200

/** Over a list with failures: those of one cause are retried together. */
export function RetryAlike({ runs }: { runs: readonly RunSummary[] }): ReactElement | null {
  const { t, language } = useWords()
  const [asked, setAsked] = useState<Alike>()
  const causes = alikeOf(runs).slice(0, CAUSES_SHOWN)
  if (causes.length === 0) return null
  return (
    <ul className={css.causes}>
      {causes.map(cause => (
        <li key={`${cause.workflow}/${cause.node}/${cause.code}`} className={css.cause}>
          <span title={`${cause.node} ${cause.code}`}>
            {t('runs.alikeHere', { why: inLanguage(cause.message, language), count: cause.runs })}
          </span>
          <Button size="small" icon={<RedoOutlined aria-hidden />} onClick={() => setAsked(cause)}>
            {t('runs.retryAlike')}
          </Button>
        </li>
      ))}
      {asked && <Ask cause={asked} onClose={() => setAsked(undefined)} />}
    </ul>
  )
}

function Ask({ cause, onClose }: { cause: Alike; onClose: () => void }): ReactElement {
  const { t, language } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const { workflow, workflowName, node, code } = cause
  const counted = useQuery({
    queryKey: ['runs', 'alike', workflow, node, code],
    queryFn: ({ signal }) =>
      request<Page<RunSummary>>(`/runs${query({ workflow, node, status: 'failed', limit: COUNT_UP_TO })}`, {
        signal,
      }),
    select: page => ({
      count: page.items.filter(run => run.error?.node === node && run.error.code === code).length,
      all: page.next === undefined,
    }),
    staleTime: 0,
  })
  const retry = useMutation({
    mutationFn: () =>
      request<RetryAccepted>('/runs/retry', { method: 'POST', body: { workflow, node, code } }),
    onSuccess: ({ accepted, left }) => {
      report.done(
        left > 0
          ? t('runs.alikeRetriedSome', { count: accepted, left })
          : t('runs.alikeRetried', { count: accepted }),
      )
      onClose()
      return queries.invalidateQueries({ queryKey: ['runs'] })
    },
    onError: failure => report.failed(failure, why => t('runs.retryFailed', { why })),
  })
  const runs = counted.data
    ? counted.data.all
      ? countText(counted.data.count)
      : t('runs.atLeast', { count: counted.data.count })
    : '…'
  return (
    <Modal
      open
      title={t('runs.retryAlikeTitle')}
      okText={t('runs.retryThem', { runs })}
      okButtonProps={{ disabled: counted.isPending, loading: retry.isPending }}
      cancelText={t('runs.cancel')}
      onOk={() => retry.mutate()}
      onCancel={onClose}
    >
      {counted.isPending ? (
        <p role="status">{t('runs.counting')}</p>
      ) : (
        <p>
          {t('runs.retryAlikeText', {
            workflow: workflowName,
            why: inLanguage(cause.message, language),
            runs,
          })}
        </p>
      )}
    </Modal>
  )
}

interface RetryAccepted {
  readonly accepted: number
  /** More than are taken at once. */
  readonly left: number
}
