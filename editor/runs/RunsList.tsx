import { HistoryOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Table, type TableColumnsType } from 'antd'
import { type ReactElement, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Page, RunStatus, RunSummary } from '../api/contract.ts'
import { query, request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { Chips } from '../parts/Chips.tsx'
import { outcomeWord, statusWord } from '../parts/code-words.ts'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import { StateMark } from '../parts/StateMark.tsx'
import { RunPanel } from './RunPanel.tsx'
import css from './RunsList.module.css'

const STATUSES: readonly RunStatus[] = ['failed', 'waiting', 'done']

/** What ran, newest first; of one workflow, or of all. A row opens the run with its steps. */
export function RunsList({ workflow }: { workflow?: string }): ReactElement {
  const { t, say } = useWords()
  const [search, setSearch] = useSearchParams()
  const status = STATUSES.find(each => each === search.get('runs'))
  const [trail, setTrail] = useState(firstPage)
  const [open, setOpen] = useState<string>()
  const address = query({ status, workflow, cursor: trail.at(-1), limit: 30 })
  const runs = useQuery({
    queryKey: ['runs', 'list', address],
    queryFn: ({ signal }) => request<Page<RunSummary>>(`/runs${address}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: trail.length === 1 ? 5_000 : false,
  })

  const choose = (value: RunStatus | undefined) => {
    setTrail(firstPage)
    setSearch(value ? { runs: value } : {}, { replace: true })
  }
  const columns: TableColumnsType<RunSummary> = [
    {
      title: t('runs.order'),
      width: 200,
      render: (_, run) => (
        <button type="button" className={css.open} onClick={() => setOpen(run.id)}>
          {run.orderId}
        </button>
      ),
    },
    {
      title: t('runs.state'),
      width: 130,
      render: (_, run) => (
        <StateMark
          status={run.status}
          word={run.status === 'done' ? outcomeWord(run.outcome, t) : undefined}
        />
      ),
    },
    { title: t('runs.reason'), render: (_, run) => <span className={css.reason}>{say(run.sentence)}</span> },
    ...(workflow
      ? []
      : [
          {
            title: t('frame.workflows'),
            width: 220,
            ellipsis: true,
            render: (_: unknown, run: RunSummary) =>
              `${run.workflowName} ${t('runs.version', { n: run.version })}`,
          },
        ]),
    { title: t('runs.started'), width: 120, render: (_, run) => <Moment at={run.startedAt} /> },
  ]
  const rows = runs.data?.items ?? []
  return (
    <section>
      <div className={css.head}>
        <h2 className={css.title}>{t('runs.title')}</h2>
        <Chips
          label={t('runs.state')}
          chips={STATUSES.map(value => ({ value, word: statusWord(value, t) }))}
          chosen={status}
          onChoose={choose}
        />
      </div>
      <div className={panel.panel}>
        {runs.isPending ? (
          <Loading />
        ) : runs.isError && !runs.data ? (
          <Failed failure={runs.error} onRetry={() => void runs.refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<HistoryOutlined />}
            title={status ? t('runs.noneMatch') : t('runs.none')}
            text={t('runs.noneText')}
          />
        ) : (
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...rows]}
            pagination={false}
            tableLayout="fixed"
            scroll={{ x: 860 }}
            onRow={run => ({ onClick: () => setOpen(run.id), className: css.row ?? '' })}
          />
        )}
      </div>
      <Pager trail={trail} next={runs.data?.next} rows={rows.length} onMove={setTrail} />
      <RunPanel run={open} onClose={() => setOpen(undefined)} />
    </section>
  )
}
