import { ReactFlowProvider, useOnViewportChange, useReactFlow } from '@xyflow/react'
import { type ReactElement, useCallback, useMemo, useRef } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { VersionDiff } from '../api/draft-contract.ts'
import type { Card } from '../canvas/drawing.ts'
import { WorkflowCanvas } from '../canvas/WorkflowCanvas.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Notice } from '../parts/Notice.tsx'
import { ChangeList } from './ChangeList.tsx'
import { markWord, withPlaces } from './change-text.ts'
import { comparedDrawing } from './compared-drawing.ts'
import css from './DiffCanvas.module.css'

interface Compared {
  readonly diff: VersionDiff
  readonly manifests: readonly NodeManifest[]
  /** What is compared with what, in words. */
  readonly title: string
  /** What to say where nothing changed. */
  readonly same: string
  /** Changes with what is compared. */
  readonly id: string
}

/** Two versions drawn over each other, and beside them what changed, in words. */
export function DiffCanvas(props: Compared): ReactElement {
  const { language } = useWords()
  return (
    // React Flow keeps its own copy of what it draws: another comparison is another canvas.
    <ReactFlowProvider key={`${props.id}/${language}`}>
      <Drawn {...props} />
    </ReactFlowProvider>
  )
}

const MOVE_MS = 300
const CLOSEST = 1.1
const FARTHEST = 0.6
/** Changes farther apart than this cannot all be read at once: the first ones then. */
const AT_ONCE = 800

function Drawn({ diff, manifests, title, same }: Compared): ReactElement {
  const { t, language } = useWords()
  const flow = useReactFlow()
  const drawn = useMemo(
    () => comparedDrawing(diff.from, diff.to, manifests, language, mark => markWord(mark, t)),
    [diff, manifests, language, t],
  )
  // What changed is what one came to see: gone to once, after the canvas has found its own beginning.
  const isThere = useRef(false)
  useOnViewportChange({
    onEnd: useCallback(() => {
      const nodes = firstChanges(drawn.cards)
      if (isThere.current || nodes.length === 0) return
      isThere.current = true
      void flow.fitView({ nodes, padding: 0.15, minZoom: FARTHEST, maxZoom: CLOSEST })
    }, [drawn, flow]),
  })
  const goTo = useCallback(
    (node: string) => {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches
      flow.setNodes(nodes => nodes.map(each => ({ ...each, selected: each.id === node })))
      void flow.fitView({ nodes: [{ id: node }], maxZoom: CLOSEST, duration: still ? 0 : MOVE_MS })
    },
    [flow],
  )
  return (
    <div className={css.compared}>
      <aside className={css.changes} aria-label={title}>
        <h3 className={css.title}>{title}</h3>
        {diff.changes.length > 0 ? (
          <ChangeList changes={withPlaces(diff)} onChoose={goTo} removedToo />
        ) : (
          <p className={css.none}>{same}</p>
        )}
      </aside>
      <div className={css.canvas}>
        {drawn.cards.length > 0 ? (
          <WorkflowCanvas drawing={drawn} label={title} onSelect={nothing} />
        ) : (
          <Notice picture={null} text={t('versions.emptyDrawing')} />
        )}
        <ul className={css.legend} aria-label={t('versions.legend')}>
          {(['added', 'removed', 'changed'] as const).map(mark => (
            <li key={mark} data-mark={mark}>
              {markWord(mark, t)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

const nothing = () => undefined

function firstChanges(cards: readonly Card[]): Card[] {
  const marked = cards.filter(({ data }) => data.mark).sort((a, b) => a.position.x - b.position.x)
  const [first] = marked
  if (!first) return []
  return marked.filter(
    ({ position }) =>
      position.x - first.position.x < AT_ONCE && Math.abs(position.y - first.position.y) < AT_ONCE,
  )
}
