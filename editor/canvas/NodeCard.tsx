import { CloseCircleFilled, PlusOutlined, WarningFilled } from '@ant-design/icons'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, type ReactElement, useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { DraftActions } from './canvas-actions.ts'
import type { Card, CardPort, CardProblem, DiffMark } from './drawing.ts'
import { kinds } from './kinds.tsx'
import { CARD_WIDTH } from './layout.ts'
import css from './NodeCard.module.css'
import { NodeTraffic } from './NodeTraffic.tsx'
import { useWalked } from './walked.ts'

const marks = {
  added: 'drafting.markAdded',
  removed: 'drafting.markRemoved',
  changed: 'drafting.markChanged',
} as const satisfies Record<DiffMark, string>

/**
 * A node as a card: what it is called, and its rule as a sentence. While a run is shown, what it decided here
 * instead; at its foot what is wrong with it, or what went through it.
 */
export const NodeCard = memo(function NodeCard({
  id,
  data,
  selected,
  isConnectable,
}: NodeProps<Card>): ReactElement {
  const { t } = useWords()
  const { shown, here } = useWalked(id)
  const { icon, colour } = kinds[data.kind]
  const sentence = here?.sentence || data.sentence
  return (
    <div
      className={`${css.card} ${selected ? css.selected : ''}`}
      style={{ width: CARD_WIDTH, minHeight: data.height, borderLeftColor: colour }}
      data-kind={data.kind}
      data-mark={data.mark}
      data-walked={shown ? (here?.state ?? 'not') : undefined}
      data-problem={data.problem?.severity}
    >
      {data.kind !== 'trigger' && (
        <Handle type="target" position={Position.Left} className={css.port} isConnectable={isConnectable} />
      )}
      <div className={css.title}>
        <span style={{ color: colour }}>{icon}</span>
        <span className={css.name}>{data.title}</span>
        {data.mark && <span className={css.mark}>{t(marks[data.mark])}</span>}
        {here && <span className={css.place}>{here.place}</span>}
      </div>
      <div className={css.sentence} title={sentence}>
        {sentence}
      </div>
      {data.problem ? <ProblemFoot problem={data.problem} /> : <NodeTraffic node={id} />}
      {data.ports.map((port, index) => (
        <Handle
          key={port.id}
          id={port.id}
          type="source"
          position={Position.Right}
          className={css.port}
          style={{ top: heightOf(index, data.ports) }}
          isConnectable={isConnectable}
          title={port.name}
        />
      ))}
      {data.open?.map(port => (
        <OpenExit
          key={port.id}
          node={id}
          title={data.title}
          port={port}
          top={heightOf(
            data.ports.findIndex(each => each.id === port.id),
            data.ports,
          )}
        />
      ))}
    </div>
  )
})

function heightOf(index: number, ports: readonly CardPort[]): string {
  return `${((index + 0.5) / ports.length) * 100}%`
}

function ProblemFoot({ problem }: { problem: CardProblem }): ReactElement {
  const { t } = useWords()
  return (
    <div className={css.problem} data-severity={problem.severity} title={problem.text}>
      {problem.severity === 'error' ? <CloseCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}
      <span className={css.problemText}>{problem.text}</span>
      {problem.count > 1 && (
        <span className={css.more}>{t('drafting.moreProblems', { count: problem.count - 1 })}</span>
      )}
    </div>
  )
}

/** An exit that leads nowhere yet: its name, and a button that puts the next node there. */
function OpenExit(props: { node: string; title: string; port: CardPort; top: string }): ReactElement | null {
  const { t } = useWords()
  const actions = useContext(DraftActions)
  if (!actions) return null
  const { node, port, top } = props
  return (
    <span className={css.exit} style={{ top }}>
      <span className={css.exitName}>{port.name}</span>
      <button
        type="button"
        className={`${css.add} nodrag nopan`}
        aria-label={t('drafting.addBehind', { node: props.title, port: port.name })}
        title={t('drafting.addBehind', { node: props.title, port: port.name })}
        onClick={event => {
          const { right, top: y } = event.currentTarget.getBoundingClientRect()
          actions.insert({ kind: 'exit', node, port: port.id }, { x: right + 6, y })
        }}
      >
        <PlusOutlined aria-hidden />
      </button>
    </span>
  )
}
