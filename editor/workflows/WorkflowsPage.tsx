import { PartitionOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useCallback, useEffect } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { useStartDemo } from '../overview/demo.ts'
import { type Chip, Chips } from '../parts/Chips.tsx'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import panel from '../parts/Panel.module.css'
import { SearchField } from '../parts/SearchField.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { RunsList } from '../runs/RunsList.tsx'
import { FileDrop } from './FileDrop.tsx'
import { narrowed, type WorkflowState } from './list.ts'
import { workflowListQuery } from './list-queries.ts'
import { NewWorkflow } from './NewWorkflow.tsx'
import { useImport } from './use-import.ts'
import css from './WorkflowsPage.module.css'
import { WorkflowsPicture } from './WorkflowsPicture.tsx'
import { WorkflowTable } from './WorkflowTable.tsx'

const FILTERS = ['show', 'find'] as const

const FEW = 200
const LOOK_AGAIN_MS = 10_000
const LOOK_AGAIN_AT_MANY_MS = 60_000

type Shown = WorkflowState | 'archived'

/** 流程: all workflows, and below them what ran. */
export function WorkflowsPage(): ReactElement {
  const { t } = useWords()
  const navigate = useNavigate()
  const [filters, setFilters] = useFilters('workflows', FILTERS)
  const importing = useImport()
  const demo = useStartDemo()
  const archived = filters.show === 'archived'
  const workflows = useInfiniteQuery({
    ...workflowListQuery(archived),
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) * FEW > FEW ? LOOK_AGAIN_AT_MANY_MS : LOOK_AGAIN_MS,
  })
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = workflows
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const chips: readonly Chip<Shown>[] = [
    { value: 'running', word: t('workflows.showRunning') },
    { value: 'paused', word: t('workflows.showPaused') },
    { value: 'draft', word: t('workflows.draftOnly') },
    { value: 'archived', word: t('workflows.showArchived') },
  ]
  const shown = chips.find(({ value }) => value === filters.show)?.value
  const find = useCallback((text: string) => setFilters({ ...filters, find: text }), [filters, setFilters])
  const all = workflows.data
  const rows = narrowed(all ?? [], {
    state: shown === 'archived' ? undefined : shown,
    find: filters.find,
  })
  const isNew = all?.length === 0 && !archived
  return (
    <FileDrop onFiles={importing.take}>
      <PageHead title={t('frame.workflows')} beside={t('workflows.intro')}>
        <NewWorkflow
          taken={(all ?? []).map(({ name }) => name)}
          importing={importing.isPending}
          onFiles={importing.take}
        />
      </PageHead>
      <div className={css.filters}>
        <SearchField label={t('workflows.find')} value={filters.find ?? ''} onSearch={find} />
        <Chips
          label={t('workflows.state')}
          chips={chips}
          chosen={shown}
          onChoose={show => setFilters({ ...filters, show: show ?? '' })}
        />
      </div>
      <div className={panel.panel}>
        {workflows.isPending ? (
          <Loading rows={3} />
        ) : workflows.isError && !all ? (
          <Failed failure={workflows.error} onRetry={() => void workflows.refetch()} />
        ) : isNew ? (
          <Notice
            picture={<WorkflowsPicture />}
            title={t('workflows.emptyTitle')}
            text={t('workflows.emptyText')}
            action={
              <div className={css.starts}>
                <Button type="primary" onClick={() => void navigate('/workflows/templates')}>
                  {t('workflows.fromTemplate')}
                </Button>
                <Button
                  icon={<PlayCircleOutlined aria-hidden />}
                  loading={demo.isPending}
                  onClick={() => demo.mutate(undefined, { onSuccess: () => void navigate('/') })}
                >
                  {t('overview.demoStart')}
                </Button>
              </div>
            }
          />
        ) : rows.length === 0 ? (
          <Notice
            picture={<PartitionOutlined aria-hidden />}
            text={archived && all?.length === 0 ? t('workflows.noneArchived') : t('workflows.noneFound')}
            action={
              <Button onClick={() => setFilters({ show: '', find: '' })}>{t('parts.clearFilters')}</Button>
            }
          />
        ) : (
          <WorkflowTable key={archived ? 'archived' : 'live'} rows={rows} archived={archived} />
        )}
      </div>
      {!isNew && (
        <div className={css.runs}>
          <RunsList />
        </div>
      )}
    </FileDrop>
  )
}
