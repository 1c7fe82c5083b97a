import { type ReactElement, useMemo } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { kinds } from '../canvas/kinds.tsx'
import { useWords } from '../i18n/use-words.ts'
import css from './GraphMiniature.module.css'
import { miniature, shortTitle } from './miniature.ts'

/** Halves of a Chinese letter a box has room for. */
const ROOM = 12

/** A drawing as a small picture: with a `label` where it is shown large enough to be read, else for the eye only. */
export function GraphMiniature(props: {
  graph: WorkflowGraph
  manifests: readonly Pick<NodeManifest, 'type' | 'kind' | 'name'>[]
  label?: string
}): ReactElement {
  const { graph, manifests, label } = props
  const { language } = useWords()
  const { width, height, boxes, lines } = useMemo(
    () => miniature(graph, manifests, language),
    [graph, manifests, language],
  )
  return (
    <svg
      className={css.picture}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      role={label ? 'img' : 'presentation'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {lines.map(({ id, path }) => (
        <path key={id} className={css.line} d={path} />
      ))}
      {boxes.map(({ id, x, y, width, height, kind, title }) => (
        <g key={id}>
          <rect className={css.box} x={x} y={y} width={width} height={height} rx="10" />
          <rect x={x} y={y} width="14" height={height} rx="5" fill={kinds[kind].colour} />
          {label ? (
            <text className={css.title} x={x + 28} y={y + height / 2 + 12}>
              {shortTitle(title, ROOM)}
            </text>
          ) : (
            <>
              <rect className={css.ink} x={x + 34} y={y + 24} width={width * 0.5} height="12" rx="6" />
              <rect className={css.ink} x={x + 34} y={y + 50} width={width * 0.7} height="12" rx="6" />
            </>
          )}
        </g>
      ))}
    </svg>
  )
}
