import { ArrowLeftOutlined, PartitionOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { WorkflowDetail } from '../api/contract.ts'
import { DraftEditor } from '../drafting/DraftEditor.tsx'
import { DraftName } from '../drafting/DraftName.tsx'
import type { Draft } from '../drafting/draft.ts'
import { useDraft } from '../drafting/use-draft.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStore } from '../live/store.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { RunsList } from '../runs/RunsList.tsx'
import { PublishButton } from '../versions/PublishButton.tsx'
import { VersionsView } from '../versions/VersionsView.tsx'
import { PublishedDrawing } from './PublishedDrawing.tsx'
import { PublishedMark } from './PublishedMark.tsx'
import { nodeTypesQuery, workflowQuery } from './queries.ts'
import css from './WorkflowPage.module.css'

const VIEWS = ['draft', 'live', 'runs', 'versions'] as const
type View = (typeof VIEWS)[number]

/** One workflow: its draft, the drawing at work with its traffic, its runs, and its versions. */
export function WorkflowPage(): ReactElement {
  const { t } = useWords()
  const { id = '' } = useParams()
  const workflow = useQuery(workflowQuery(id))
  const types = useQuery(nodeTypesQuery)
  if (workflow.data && types.data)
    return <Opened key={id} workflow={workflow.data} types={types.data.items} />
  const failure = workflow.error ?? types.error
  return (
    <>
      <PageHead title={t('frame.workflows')} beside={<Link to="/workflows">{t('workflows.back')}</Link>} />
      {failure ? (
        <Failed failure={failure} onRetry={() => void Promise.all([workflow.refetch(), types.refetch()])} />
      ) : (
        <Loading rows={8} />
      )}
    </>
  )
}

function Opened(props: { workflow: WorkflowDetail; types: readonly NodeManifest[] }): ReactElement {
  const { workflow } = props
  const { t } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const manifests = useMemo(() => new Map(props.types.map(type => [type.type, type])), [props.types])
  const draft = useDraft(workflow, manifests)
  const [testing, setTesting] = useState(false)
  const [jump, setJump] = useState<{ readonly node: string }>()
  const { published } = workflow
  const view = VIEWS.find(each => each === search.get('view')) ?? 'draft'
  const setView = useCallback(
    (next: View) => setSearch(next === 'draft' ? {} : { view: next }, { replace: true }),
    [setSearch],
  )
  const refresh = () => queries.invalidateQueries({ queryKey: ['workflows'] })
  return (
    <div className={css.page}>
      <div className={css.head}>
        <Button
          type="text"
          icon={<ArrowLeftOutlined aria-hidden />}
          aria-label={t('workflows.back')}
          title={t('workflows.back')}
          onClick={() => void navigate('/workflows')}
        />
        <PageHead
          title={workflow.name}
          name={<DraftName workflow={workflow} />}
          beside={<PublishedMark published={published} paused={workflow.paused} />}
        >
          <Segmented<View>
            aria-label={workflow.name}
            value={view}
            onChange={setView}
            options={[
              { value: 'draft', label: t('drafting.draft') },
              { value: 'live', label: t('drafting.live') },
              { value: 'runs', label: t('runs.title') },
              { value: 'versions', label: t('drafting.versions') },
            ]}
          />
          {draft && <ProblemCount draft={draft} />}
          {draft && (
            <Publish
              workflow={workflow}
              draft={draft}
              flush={draft.flush}
              onTest={() => {
                setView('draft')
                setTesting(true)
              }}
              onJump={node => {
                setView('draft')
                setJump({ node })
              }}
              onPublished={() => void refresh()}
            />
          )}
        </PageHead>
      </div>
      {view === 'draft' && (
        <DraftEditor
          workflow={workflow}
          manifests={manifests}
          draft={draft}
          testing={testing}
          onTesting={setTesting}
          jump={jump}
        />
      )}
      {view === 'runs' && <RunsList workflow={workflow.id} />}
      {view === 'versions' && (
        <VersionsView
          workflow={workflow}
          onRestored={() => {
            void refresh()
            // Where it cannot be read now, the draft takes it in when it is opened.
            void (draft?.refresh() ?? Promise.resolve()).catch(() => undefined).then(() => setView('draft'))
          }}
        />
      )}
      {view === 'live' &&
        (published ? (
          <PublishedDrawing workflow={workflow} version={published.version} />
        ) : (
          <Notice
            picture={<PartitionOutlined aria-hidden />}
            title={t('workflows.notPublishedTitle')}
            text={t('workflows.notPublished')}
          />
        ))}
    </div>
  )
}

/** 发布, beside the proof for the revision that is saved by now. */
function Publish({
  draft,
  ...props
}: Omit<Parameters<typeof PublishButton>[0], 'rev'> & { draft: Draft }): ReactElement {
  const { rev } = useStore(draft.state)
  return <PublishButton {...props} rev={rev} />
}

function ProblemCount({ draft }: { draft: Draft }): ReactElement | null {
  const { t } = useWords()
  const { problems } = useStore(draft.state)
  if (problems.length === 0) return null
  return <span className={css.problems}>{t('drafting.problemCount', { count: problems.length })}</span>
}
