import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, type ReactElement, useCallback } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Card } from './drawing.ts'
import { kinds } from './kinds.tsx'
import { CARD_WIDTH } from './layout.ts'
import { type CountsByNode, useLiveNumber } from './live-counts.ts'
import css from './NodeCard.module.css'

/** A node as a card: what it is called, and its rule as a sentence. Failures of the watched version at its foot. */
export const NodeCard = memo(function NodeCard({
  id,
  data,
  selected,
  isConnectable,
}: NodeProps<Card>): ReactElement {
  const { t } = useWords()
  const failed = useLiveNumber(useCallback((counts: CountsByNode) => counts[id]?.failed ?? 0, [id]))
  const { icon, colour } = kinds[data.kind]
  return (
    <div
      className={`${css.card} ${selected ? css.selected : ''}`}
      style={{ width: CARD_WIDTH, minHeight: data.height, borderLeftColor: colour }}
      data-kind={data.kind}
    >
      {data.kind !== 'trigger' && (
        <Handle type="target" position={Position.Left} className={css.port} isConnectable={isConnectable} />
      )}
      <div className={css.title}>
        <span style={{ color: colour }}>{icon}</span>
        <span className={css.name}>{data.title}</span>
      </div>
      <div className={css.sentence} title={data.sentence}>
        {data.sentence}
      </div>
      {failed > 0 && <div className={css.failed}>{t('workflows.failedHere', { count: failed })}</div>}
      {data.ports.map((port, index) => (
        <Handle
          key={port.id}
          id={port.id}
          type="source"
          position={Position.Right}
          className={css.port}
          style={{ top: `${((index + 0.5) / data.ports.length) * 100}%` }}
          isConnectable={isConnectable}
          title={port.name}
        />
      ))}
    </div>
  )
})
