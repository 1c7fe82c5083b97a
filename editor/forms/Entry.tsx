import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, HolderOutlined } from '@ant-design/icons'
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { FieldProps } from './field-props.ts'
import css from './forms.module.css'
import { Params } from './ObjectField.tsx'

/** One entry of a list, with what moves and removes it. */
export function Entry(
  props: Omit<FieldProps, 'name' | 'isRequired'> & {
    sortKey: string
    title: string
    isFirst: boolean
    isLast: boolean
    onMove: (by: -1 | 1) => void
    onRemove: () => void
  },
): ReactElement {
  const { t } = useWords()
  const { sortKey, title, isFirst, isLast, onMove, onRemove, ...params } = props
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id: sortKey })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be moved by transforms in every browser
    <div
      ref={setNodeRef}
      role="group"
      aria-label={title}
      className={css.entry}
      data-dragged={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <div className={css.entryHead}>
        <span className={css.handle} aria-hidden="true" {...listeners}>
          <HolderOutlined aria-hidden />
        </span>
        <span className={css.entryTitle}>{title}</span>
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined aria-hidden />}
          disabled={isFirst}
          aria-label={t('forms.moveUp', { entry: title })}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDownOutlined aria-hidden />}
          disabled={isLast}
          aria-label={t('forms.moveDown', { entry: title })}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('forms.remove', { entry: title })}
          onClick={onRemove}
        />
      </div>
      <Params {...params} />
    </div>
  )
}
