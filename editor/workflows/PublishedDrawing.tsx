import { useQuery } from '@tanstack/react-query'
import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { type CSSProperties, type ReactElement, useMemo, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { type Drawing, drawing } from '../canvas/drawing.ts'
import { kinds } from '../canvas/kinds.tsx'
import { TrafficOnShow } from '../canvas/live-counts.ts'
import { WorkflowCanvas } from '../canvas/WorkflowCanvas.tsx'
import { useWords } from '../i18n/use-words.ts'
import { link } from '../live/feed.ts'
import { LiveBar } from '../live/LiveBar.tsx'
import { LiveRanking } from '../live/LiveRanking.tsx'
import { useStore } from '../live/store.ts'
import { useTraffic, type WatchedTraffic } from '../live/use-traffic.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { FlowState } from './FlowState.tsx'
import { NodeDetails } from './NodeDetails.tsx'
import css from './PublishedDrawing.module.css'
import { nodeTypesQuery, versionQuery } from './queries.ts'

/** The version at work, with what goes along its lines. */
export function PublishedDrawing(props: { workflow: WorkflowDetail; version: number }): ReactElement {
  const { workflow, version } = props
  const { language } = useWords()
  const { state } = useStore(link)
  const watched = useTraffic(workflow.id, version)
  const published = useQuery(versionQuery(workflow.id, version))
  const types = useQuery(nodeTypesQuery)
  const drawn = useMemo(
    () =>
      published.data && types.data && drawing({ ...published.data, manifests: types.data.items }, language),
    [published.data, types.data, language],
  )

  const failure = published.error ?? types.error
  if (!drawn) {
    return failure ? (
      <Failed failure={failure} onRetry={() => void Promise.all([published.refetch(), types.refetch()])} />
    ) : (
      <Loading rows={8} />
    )
  }
  return (
    <>
      <FlowState workflow={workflow} />
      <LiveBar watched={watched} linked={state !== 'down'} />
      <ReactFlowProvider>
        {/* React Flow keeps its own copy of what it draws: another language or version is another drawing. */}
        <Living key={`${language}/${version}`} drawn={drawn} workflow={workflow} watched={watched} />
      </ReactFlowProvider>
      <Foot drawn={drawn} />
    </>
  )
}

const JUMP_MS = 250

function Living(props: { drawn: Drawing; workflow: WorkflowDetail; watched: WatchedTraffic }): ReactElement {
  const { drawn, workflow, watched } = props
  const { t } = useWords()
  const flow = useReactFlow()
  const [selected, setSelected] = useState<string>()
  const titles = useMemo(() => new Map(drawn.cards.map(card => [card.id, card.data.title])), [drawn])
  const card = drawn.cards.find(each => each.id === selected)
  const select = (node: string | undefined) =>
    flow.setNodes(nodes => nodes.map(each => ({ ...each, selected: each.id === node })))
  const jump = (node: string) => {
    select(node)
    void flow.fitView({ nodes: [{ id: node }], maxZoom: 1, duration: JUMP_MS })
  }
  return (
    <TrafficOnShow value={watched.traffic}>
      <div className={css.drawing}>
        <div className={css.canvas}>
          <WorkflowCanvas
            drawing={drawn}
            label={t('workflows.canvasLabel', { name: workflow.name })}
            onSelect={setSelected}
          />
          <LiveRanking counts={watched.traffic.counts} titles={titles} onJump={jump} />
        </div>
        {card && <NodeDetails card={card} workflow={workflow.id} onClose={() => select(undefined)} />}
      </div>
    </TrafficOnShow>
  )
}

function Foot({ drawn }: { drawn: Drawing }): ReactElement {
  const { t } = useWords()
  return (
    <div className={css.foot}>
      <span>{t('workflows.readOnly')}</span>
      <ul className={css.kinds} aria-label={t('workflows.legend')}>
        {[...new Set(drawn.cards.map(each => each.data.kind))].map(kind => (
          <li key={kind} className={css.kind} style={{ '--kind': kinds[kind].colour } as CSSProperties}>
            {t(kinds[kind].word)}
          </li>
        ))}
      </ul>
    </div>
  )
}
