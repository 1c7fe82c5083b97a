import { PartitionOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { WorkflowSummary } from '../api/contract.ts'
import { countText, shareText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { StartDemo } from '../overview/StartDemo.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import panel from '../parts/Panel.module.css'
import { RunsList } from '../runs/RunsList.tsx'
import { PublishedMark } from './PublishedMark.tsx'
import { workflowsQuery } from './queries.ts'
import css from './WorkflowsPage.module.css'

/** 流程: all workflows, and below them what ran. */
export function WorkflowsPage(): ReactElement {
  const { t } = useWords()
  const workflows = useQuery({ ...workflowsQuery, refetchInterval: 10_000 })
  const columns: TableColumnsType<WorkflowSummary> = [
    {
      title: t('workflows.name'),
      render: (_, { id, name }) => (
        <Link to={`/workflows/${encodeURIComponent(id)}`} className={css.name}>
          {name}
        </Link>
      ),
    },
    {
      title: t('workflows.state'),
      width: 250,
      render: (_, { published, paused }) => <PublishedMark published={published} paused={paused} />,
    },
    {
      title: t('workflows.check'),
      width: 120,
      render: (_, { problems }) => (
        <span className={problems > 0 ? css.problems : undefined}>
          {problems > 0 ? t('workflows.problems', { count: problems }) : t('workflows.noProblems')}
        </span>
      ),
    },
    {
      title: t('workflows.runsToday'),
      width: 110,
      align: 'right',
      render: (_, { runsToday }) => countText(runsToday),
    },
    {
      title: t('workflows.failedToday'),
      width: 140,
      align: 'right',
      render: (_, { failedToday, runsToday }) => (
        <span className={failedToday > 0 ? css.failed : undefined}>
          {countText(failedToday)}
          {failedToday > 0 && <span className={css.share}> {shareText(failedToday, runsToday)}</span>}
        </span>
      ),
    },
    {
      title: t('workflows.changed'),
      width: 150,
      render: (_, { draftUpdatedAt }) => <Moment at={draftUpdatedAt} />,
    },
  ]
  return (
    <>
      <PageHead title={t('frame.workflows')} beside={t('workflows.intro')} />
      <div className={panel.panel}>
        {workflows.isPending ? (
          <Loading rows={3} />
        ) : workflows.isError && !workflows.data ? (
          <Failed failure={workflows.error} onRetry={() => void workflows.refetch()} />
        ) : workflows.data?.items.length === 0 ? (
          <Notice
            picture={<PartitionOutlined />}
            title={t('workflows.emptyTitle')}
            text={t('workflows.emptyText')}
            action={<StartDemo />}
          />
        ) : (
          <Table
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...(workflows.data?.items ?? [])]}
            pagination={false}
            scroll={{ x: 760 }}
          />
        )}
      </div>
      {workflows.data?.items.length !== 0 && (
        <div className={css.runs}>
          <RunsList />
        </div>
      )}
    </>
  )
}
