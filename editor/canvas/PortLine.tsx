import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, type ReactElement, useCallback } from 'react'
import { countText } from '../format/number.ts'
import type { Line } from './drawing.ts'
import { linePath } from './line-path.ts'
import { type CountsByNode, shareOfTraffic, throughPort, useLiveNumber } from './live-counts.ts'
import css from './PortLine.module.css'

const THINNEST = 1.5
const THICKEST = 6

/** The words of a line stand where it leaves its port, so that those of one card never cover each other. */
const WORDS_FROM_PORT = 10

/** A line between two cards: its port's name, how many went along it, and as thick as its share of them. */
export const PortLine = memo(function PortLine(props: EdgeProps<Line>): ReactElement {
  const { id, source, sourceX, sourceY, targetX, targetY, data, selected } = props
  const port = data?.port ?? ''
  const count = useLiveNumber(
    useCallback((counts: CountsByNode) => throughPort(counts, source, port), [source, port]),
  )
  const share = useLiveNumber(
    useCallback((counts: CountsByNode) => shareOfTraffic(counts, source, port), [source, port]),
  )
  const path = linePath({ x: sourceX, y: sourceY }, data?.lane ?? [], { x: targetX, y: targetY })
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={selected ? css.selected : css.line}
        style={{ strokeWidth: THINNEST + (THICKEST - THINNEST) * share }}
      />
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
