import type { NodeProps } from '@xyflow/react'
import { memo, type ReactElement, useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { DraftActions } from './canvas-actions.ts'
import css from './FrameNode.module.css'
import type { Frame } from './surroundings.ts'

/** A frame round cards that belong together; its name is written at its head. */
export const FrameNode = memo(function FrameNode({ id, data, selected }: NodeProps<Frame>): ReactElement {
  const { t } = useWords()
  const actions = useContext(DraftActions)
  return (
    <div className={`${css.frame} ${selected ? css.selected : ''}`}>
      {actions ? (
        <input
          className={`${css.name} nodrag`}
          aria-label={t('drafting.frameName')}
          placeholder={t('drafting.frameName')}
          value={data.name}
          maxLength={120}
          onChange={event => actions.nameFrame(id, event.target.value)}
        />
      ) : (
        <p className={css.name}>{data.name}</p>
      )}
    </div>
  )
})
