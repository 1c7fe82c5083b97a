import { useQuery } from '@tanstack/react-query'
import { type CSSProperties, type ReactElement, useMemo, useState } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { drawing } from '../canvas/drawing.ts'
import { kinds } from '../canvas/kinds.tsx'
import { WatchedVersion } from '../canvas/live-counts.ts'
import { WorkflowCanvas } from '../canvas/WorkflowCanvas.tsx'
import { useWords } from '../i18n/use-words.ts'
import { link } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { NodeDetails } from './NodeDetails.tsx'
import { nodeTypesQuery, versionQuery } from './queries.ts'
import css from './WorkflowPage.module.css'

/** The version at work, with what goes along its lines. */
export function PublishedDrawing(props: { workflow: WorkflowDetail; version: number }): ReactElement {
  const { workflow, version } = props
  const { t, language } = useWords()
  const { state } = useStore(link)
  const published = useQuery(versionQuery(workflow.id, version))
  const types = useQuery(nodeTypesQuery)
  const [selected, setSelected] = useState<string>()
  const watched = useMemo(() => ({ workflow: workflow.id, version }), [workflow.id, version])
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
  const card = drawn.cards.find(each => each.id === selected)
  return (
    <WatchedVersion value={watched}>
      <div className={css.drawing}>
        <div className={css.canvas}>
          <WorkflowCanvas
            // React Flow keeps its own copy of what it draws: another language is another drawing.
            key={language}
            drawing={drawn}
            label={t('workflows.canvasLabel', { name: workflow.name })}
            onSelect={setSelected}
          />
        </div>
        {card && <NodeDetails card={card} onClose={() => setSelected(undefined)} />}
      </div>
      <div className={css.foot}>
        <span>{t('workflows.readOnly')}</span>
        <span>{state === 'down' ? t('workflows.liveOff') : t('workflows.liveOn')}</span>
        <ul className={css.kinds} aria-label={t('workflows.legend')}>
          {[...new Set(drawn.cards.map(each => each.data.kind))].map(kind => (
            <li key={kind} className={css.kind} style={{ '--kind': kinds[kind].colour } as CSSProperties}>
              {t(kinds[kind].word)}
            </li>
          ))}
        </ul>
      </div>
    </WatchedVersion>
  )
}
