import { PlusOutlined } from '@ant-design/icons'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, type ReactElement, useCallback, useContext } from 'react'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { type CanvasActions, DraftActions } from './canvas-actions.ts'
import type { Line } from './drawing.ts'
import { linePath } from './line-path.ts'
import { type CountsByNode, shareOfTraffic, throughPort, useLiveNumber } from './live-counts.ts'
import css from './PortLine.module.css'
import { WalkedRun } from './walked.ts'

const THINNEST = 1.5
const THICKEST = 6
const WALKED = 3

/** The words of a line stand where it leaves its port, so that those of one card never cover each other. */
const WORDS_FROM_PORT = 10

/** A line between two cards: its port's name, how many went along it, and as thick as its share of them. */
export const PortLine = memo(function PortLine(props: EdgeProps<Line>): ReactElement {
  const { id, source, target, sourceX, sourceY, targetX, targetY, data, selected } = props
  const port = data?.port ?? ''
  const count = useLiveNumber(
    useCallback((counts: CountsByNode) => throughPort(counts, source, port), [source, port]),
  )
  const share = useLiveNumber(
    useCallback((counts: CountsByNode) => shareOfTraffic(counts, source, port), [source, port]),
  )
  const path = linePath({ x: sourceX, y: sourceY }, data?.lane ?? [], { x: targetX, y: targetY })
  const walked = useContext(WalkedRun)
  const isWalked = walked?.ports.has(`${source}/${port}`) === true && walked.nodes.has(target)
  const actions = useContext(DraftActions)
  return (
    <>
      <g
        data-mark={data?.mark}
        data-walked={walked ? (isWalked ? 'yes' : 'no') : undefined}
        className={css.group}
      >
        <BaseEdge
          id={id}
          path={path}
          className={selected ? css.selected : css.line}
          style={{ strokeWidth: isWalked ? WALKED : THINNEST + (THICKEST - THINNEST) * share }}
        />
      </g>
      {actions && (
        <EdgeLabelRenderer>
          <InsertHere
            line={id}
            x={(Math.max(sourceX, targetX - 40) + targetX) / 2 - 14}
            y={targetY}
            insert={actions.insert}
          />
        </EdgeLabelRenderer>
      )}
      {data?.name !== undefined && (
        <EdgeLabelRenderer>
          <div
            className={`${css.words} nodrag nopan`}
            style={{ transform: `translate(${sourceX + WORDS_FROM_PORT}px, ${sourceY}px) translateY(-50%)` }}
            data-port={`${source}/${port}`}
          >
            <span className={css.name} title={data.name}>
              {data.name}
            </span>
            {count > 0 && <span className={css.count}>{countText(count)}</span>}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** Stands just before the card a line leads to, where lines of one exit have parted. */
function InsertHere(props: {
  line: string
  x: number
  y: number
  insert: CanvasActions['insert']
}): ReactElement {
  const { t } = useWords()
  return (
    <button
      type="button"
      className={`${css.insert} nodrag nopan`}
      style={{ transform: `translate(-50%, -50%) translate(${props.x}px, ${props.y}px)` }}
      aria-label={t('drafting.insertHere')}
      title={t('drafting.insertHere')}
      onClick={event => {
        const { right, top } = event.currentTarget.getBoundingClientRect()
        props.insert({ kind: 'line', line: props.line }, { x: right + 6, y: top })
      }}
    >
      <PlusOutlined aria-hidden />
    </button>
  )
}
