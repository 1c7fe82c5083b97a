import { type NodeProps, NodeResizer } from '@xyflow/react'
import { memo, type ReactElement, useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { DraftActions } from './canvas-actions.ts'
import css from './NoteNode.module.css'
import type { NoteCard } from './surroundings.ts'

/** Words on the canvas: written where they stand, as large as they are pulled. */
export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<NoteCard>): ReactElement {
  const { t } = useWords()
  const actions = useContext(DraftActions)
  return (
    <div className={`${css.note} ${selected ? css.selected : ''}`}>
      <NodeResizer
        isVisible={selected && actions !== undefined}
        minWidth={120}
        minHeight={56}
        onResizeEnd={(_, { x, y, width, height }) => actions?.sizeNote(id, { x, y }, { width, height })}
      />
      {actions ? (
        <textarea
          className={`${css.text} nodrag nowheel`}
          aria-label={t('drafting.note')}
          placeholder={t('drafting.notePlaceholder')}
          value={data.note.text}
          maxLength={2_000}
          onChange={event => actions.writeNote(id, event.target.value)}
        />
      ) : (
        <p className={css.text}>{data.note.text}</p>
      )}
    </div>
  )
})
