import { Table, type TableColumnsType } from 'antd'
import { type ReactElement, useState } from 'react'
import type { WorkflowSummary } from '../api/contract.ts'
import { countText, shareText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import { failureRate } from './list.ts'
import { PublishedMark } from './PublishedMark.tsx'
import { RowActions } from './RowActions.tsx'
import { useWorkflowActions } from './use-workflow-actions.ts'
import { WorkflowName } from './WorkflowName.tsx'
import css from './WorkflowsPage.module.css'

const ROWS_ON_A_PAGE = 20

/** Workflows with what they do, what is wrong with them and who changed them, the latest change first. */
export function WorkflowTable(props: { rows: readonly WorkflowSummary[]; archived: boolean }): ReactElement {
  const { rows, archived } = props
  const { t } = useWords()
  const actions = useWorkflowActions()
  const [renaming, setRenaming] = useState<string>()
  const columns: TableColumnsType<WorkflowSummary> = [
    {
      title: t('workflows.name'),
      sorter: (a, b) => a.name.localeCompare(b.name, 'zh-CN'),
      render: (_, row) => (
        <WorkflowName
          row={row}
          archived={archived}
          renaming={renaming === row.id}
          onRename={() => setRenaming(row.id)}
          onRenamed={name => {
            setRenaming(undefined)
            if (name) actions.rename(row, name)
          }}
        />
      ),
    },
    {
      title: t('workflows.state'),
      width: 210,
      render: (_, { published, paused }) => <PublishedMark published={published} paused={paused} />,
    },
    {
      title: t('workflows.check'),
      width: 110,
      sorter: (a, b) => a.problems - b.problems,
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
      sorter: (a, b) => a.runsToday - b.runsToday,
      render: (_, { runsToday }) => countText(runsToday),
    },
    {
      title: t('workflows.failedToday'),
      width: 130,
      align: 'right',
      sorter: (a, b) => failureRate(a) - failureRate(b),
      render: (_, { failedToday, runsToday }) => (
        <span className={failedToday > 0 ? css.failed : undefined}>
          {countText(failedToday)}
          {failedToday > 0 && <span className={css.share}> {shareText(failedToday, runsToday)}</span>}
        </span>
      ),
    },
    {
      title: t('workflows.changed'),
      width: 170,
      defaultSortOrder: 'descend',
      sorter: (a, b) => Date.parse(a.draftUpdatedAt) - Date.parse(b.draftUpdatedAt),
      render: (_, { draftUpdatedAt, updatedBy }) => (
        <>
          <Moment at={draftUpdatedAt} /> {updatedBy && <span className={css.by}>{updatedBy}</span>}
        </>
      ),
    },
    {
      title: <span className={css.unseen}>{t('workflows.actions')}</span>,
      width: 52,
      align: 'right',
      render: (_, row) => (
        <RowActions row={row} archived={archived} actions={actions} onRename={() => setRenaming(row.id)} />
      ),
    },
  ]
  return (
    <Table
      className={css.table ?? ''}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      showSorterTooltip={false}
      pagination={{
        pageSize: ROWS_ON_A_PAGE,
        hideOnSinglePage: true,
        showSizeChanger: false,
        showTotal: count => t('workflows.count', { count }),
      }}
      scroll={{ x: 960 }}
    />
  )
}
