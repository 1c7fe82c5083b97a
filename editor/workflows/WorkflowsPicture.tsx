import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './WorkflowsPicture.module.css'

/** What a workflow is, as a drawing: an order comes in, is asked one question, and leaves by its answer. */
export function WorkflowsPicture(): ReactElement {
  const { t } = useWords()
  return (
    <svg className={css.picture} viewBox="0 0 460 120" aria-hidden="true">
      <g className={css.lines}>
        <path d="M120 60 H 180" />
        <path d="M280 60 C 316 60 306 32 340 32" />
        <path d="M280 60 C 316 60 306 88 340 88" />
      </g>
      <Box x={20} y={42} kind="var(--kind-trigger)" word={t('workflows.pictureIn')} />
      <Box x={180} y={42} kind="var(--kind-decision)" word={t('workflows.pictureAsk')} />
      <Box x={340} y={14} kind="var(--kind-stock)" word={t('workflows.pictureYes')} />
      <Box x={340} y={70} kind="var(--kind-people)" word={t('workflows.pictureNo')} />
    </svg>
  )
}

function Box(props: { x: number; y: number; kind: string; word: string }): ReactElement {
  const { x, y, kind, word } = props
  return (
    <g>
      <rect className={css.box} x={x} y={y} width="100" height="36" rx="6" />
      <rect x={x} y={y} width="4" height="36" rx="2" fill={kind} />
      <text className={css.word} x={x + 52} y={y + 22}>
        {word}
      </text>
    </g>
  )
}
