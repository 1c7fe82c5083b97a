import { ArrowLeftOutlined, PartitionOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type ReactElement, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { WorkflowDetail } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { RunsList } from '../runs/RunsList.tsx'
import { PublishedDrawing } from './PublishedDrawing.tsx'
import { PublishedMark } from './PublishedMark.tsx'
import { workflowQuery } from './queries.ts'
import css from './WorkflowPage.module.css'

/** One workflow: the drawing at work with its traffic, or its runs. */
export function WorkflowPage(): ReactElement {
  const { t } = useWords()
  const { id = '' } = useParams()
  const workflow = useQuery(workflowQuery(id))
  if (workflow.data) return <Opened workflow={workflow.data} />
  return (
    <>
      <PageHead title={t('frame.workflows')} beside={<Link to="/workflows">{t('workflows.back')}</Link>} />
      {workflow.isError ? (
        <Failed failure={workflow.error} onRetry={() => void workflow.refetch()} />
      ) : (
        <Loading rows={8} />
      )}
    </>
  )
}

function Opened({ workflow }: { workflow: WorkflowDetail }): ReactElement {
  const { t } = useWords()
  const navigate = useNavigate()
  const [view, setView] = useState<'drawing' | 'runs'>('drawing')
  const { published } = workflow
  return (
    <div className={css.page}>
      <div className={css.head}>
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t('workflows.back')}
          title={t('workflows.back')}
          onClick={() => void navigate('/workflows')}
        />
        <PageHead
          title={workflow.name}
          beside={
            <>
              <PublishedMark published={published} paused={workflow.paused} />{' '}
              {published?.note && t('workflows.note', { note: published.note })}
            </>
          }
        >
          <Segmented
            aria-label={workflow.name}
            value={view}
            onChange={setView}
            options={[
              { value: 'drawing', label: t('workflows.drawing') },
              { value: 'runs', label: t('runs.title') },
            ]}
          />
        </PageHead>
      </div>
      {view === 'runs' ? (
        <RunsList workflow={workflow.id} />
      ) : published ? (
        <PublishedDrawing workflow={workflow} version={published.version} />
      ) : (
        <Notice
          picture={<PartitionOutlined />}
          title={t('workflows.notPublishedTitle')}
          text={t('workflows.notPublished')}
        />
      )}
    </div>
  )
}
