import { HistoryOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Table, type TableColumnsType } from 'antd'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import type { RunSummary } from '../api/contract.ts'
import { useWords, type WordsInUse } from '../i18n/use-words.ts'
import { outcomeWord } from '../parts/code-words.ts'
import { firstPage } from '../parts/cursor-pages.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Pager } from '../parts/Pager.tsx'
import panel from '../parts/Panel.module.css'
import { StateMark } from '../parts/StateMark.tsx'
import { type Filters, useFilters } from '../parts/use-filters.ts'
import { NewRuns } from './NewRuns.tsx'
import { runsQuery } from './queries.ts'
import { RetryAlike } from './RetryAlike.tsx'
import { RunFilters } from './RunFilters.tsx'
import { RunPanel } from './RunPanel.tsx'
import css from './RunsList.module.css'
import { RUN_FILTERS, type RunFilter, runQuestion } from './run-filters.ts'

/** What ran, newest first; of one workflow, or of all. A row opens the run with its steps. */
export function RunsList({ workflow }: { workflow?: string }): ReactElement {
  const words = useWords()
  const { t } = words
  const [filters, setFilters] = useFilters(workflow ? `runs.${workflow}` : 'runs', RUN_FILTERS, 'view')
  // The list stands as of one instant: it moves on when the person asks, not under their hands.
  const [asOf, setAsOf] = useState(Date.now)
  const [trail, setTrail] = useState(firstPage)
  const [open, setOpen] = useState<string>()
  const [inside, setInside] = useState(false)
  const question = useMemo(() => runQuestion(filters, asOf, workflow), [filters, workflow, asOf])
  const runs = useQuery({ ...runsQuery(question, trail.at(-1)), placeholderData: keepPreviousData })
  const { refetch } = runs

  const change = (next: Filters<RunFilter>) => {
    setTrail(firstPage)
    setAsOf(Date.now())
    setFilters(next)
  }
  const refresh = useCallback(() => {
    setTrail(firstPage)
    setAsOf(Date.now())
    void refetch()
  }, [refetch])
  const columns = runColumns(words, workflow === undefined, setOpen)
  const rows = useMemo(() => [...(runs.data?.items ?? [])], [runs.data])
  const isFiltered = RUN_FILTERS.some(key => filters[key])
  return (
    <section>
      <div className={css.head}>
        <h2 className={css.title}>{t('runs.title')}</h2>
        {trail.length === 1 && runs.data && (
          <NewRuns
            workflow={workflow}
            countable={!isFiltered}
            held={inside || open !== undefined}
            readAt={runs.dataUpdatedAt}
            onRefresh={refresh}
          />
        )}
      </div>
      <RunFilters filters={filters} workflow={workflow} onChange={change} />
      <RetryAlike runs={rows} />
      <section
        className={panel.panel}
        aria-label={t('runs.title')}
        aria-busy={runs.isPlaceholderData}
        onPointerEnter={event => setInside(event.pointerType === 'mouse')}
        onPointerLeave={() => setInside(false)}
        onFocus={() => setInside(true)}
        onBlur={() => setInside(false)}
      >
        {runs.isPending ? (
          <Loading />
        ) : runs.isError && !runs.data ? (
          <Failed failure={runs.error} onRetry={() => void refetch()} />
        ) : rows.length === 0 ? (
          <Notice
            picture={<HistoryOutlined aria-hidden />}
            title={isFiltered ? t('runs.noneMatch') : t('runs.none')}
            text={isFiltered ? t('runs.noneMatchText') : t('runs.noneText')}
          />
        ) : (
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={rows}
            pagination={false}
            tableLayout="fixed"
            scroll={{ x: 860 }}
            onRow={run => ({ onClick: () => setOpen(run.id), className: css.row ?? '' })}
          />
        )}
      </section>
      <Pager trail={trail} next={runs.data?.next} rows={rows.length} onMove={setTrail} />
      <RunPanel run={open} onClose={() => setOpen(undefined)} />
    </section>
  )
}

function runColumns(
  { t, say, language }: WordsInUse,
  showsWorkflow: boolean,
  open: (run: string) => void,
): TableColumnsType<RunSummary> {
  const ofWorkflow: TableColumnsType<RunSummary> = [
    {
      title: t('frame.workflows'),
      width: 220,
      ellipsis: true,
      render: (_, run) => `${run.workflowName} ${t('runs.version', { n: run.version })}`,
    },
  ]
  return [
    {
      title: t('runs.order'),
      width: 200,
      render: (_, run) => (
        <button
          type="button"
          className={css.open}
          onClick={event => {
            event.stopPropagation()
            open(run.id)
          }}
        >
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
          word={run.status === 'done' ? outcomeWord(run.outcome, language) : undefined}
        />
      ),
    },
    { title: t('runs.reason'), render: (_, run) => <span className={css.reason}>{say(run.sentence)}</span> },
    ...(showsWorkflow ? ofWorkflow : []),
    { title: t('runs.started'), width: 120, render: (_, run) => <Moment at={run.startedAt} /> },
  ]
}
