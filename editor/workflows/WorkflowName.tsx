import { EditOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactElement, useRef } from 'react'
import { Link } from 'react-router'
import type { WorkflowSummary } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './WorkflowsPage.module.css'

const LONGEST_NAME = 120

/** A workflow's name, which opens it, or the field to rename it in its place. */
export function WorkflowName(props: {
  row: WorkflowSummary
  archived: boolean
  renaming: boolean
  onRename: () => void
  /** With the new name, or with nothing where it stays as it was. */
  onRenamed: (name?: string) => void
}): ReactElement {
  const { row, renaming, onRenamed } = props
  const { t } = useWords()
  // Enter and Escape take the field away, which the browser tells as a blur once more.
  const isOver = useRef(false)
  const end = (name?: string) => {
    if (isOver.current) return
    isOver.current = true
    const wanted = name?.trim()
    onRenamed(wanted && wanted !== row.name ? wanted : undefined)
  }
  if (renaming)
    return (
      <Input
        autoFocus
        size="small"
        defaultValue={row.name}
        maxLength={LONGEST_NAME}
        aria-label={t('workflows.nameOf', { name: row.name })}
        onFocus={event => {
          isOver.current = false
          event.target.select()
        }}
        onPressEnter={event => end(event.currentTarget.value)}
        // Escape within the choice of Chinese letters only leaves that choice.
        onKeyDown={event => event.key === 'Escape' && !event.nativeEvent.isComposing && end()}
        onBlur={event => end(event.target.value)}
      />
    )
  if (props.archived) return <span className={css.name}>{row.name}</span>
  return (
    <span className={css.named}>
      <Link to={`/workflows/${encodeURIComponent(row.id)}`} className={css.name}>
        {row.name}
      </Link>
      <Button
        className={css.pencil ?? ''}
        type="text"
        size="small"
        icon={<EditOutlined aria-hidden />}
        aria-label={t('workflows.renameOf', { name: row.name })}
        title={t('workflows.rename')}
        onClick={props.onRename}
      />
    </span>
  )
}
