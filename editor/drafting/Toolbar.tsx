import {
  ApartmentOutlined,
  BorderOuterOutlined,
  CopyOutlined,
  FileTextOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SnippetsOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Toolbar.module.css'

/** What can be done with the drawing as a whole, and how far it is saved. */
export function Toolbar(props: {
  canUndo: boolean
  canRedo: boolean
  canCopy: boolean
  canGroup: boolean
  onUndo: () => void
  onRedo: () => void
  onLayOut: () => void
  onNote: () => void
  onGroup: () => void
  onCopy: () => void
  onPaste: () => void
  onHelp: () => void
  children: ReactNode
}): ReactElement {
  const { t } = useWords()
  const tool = (icon: ReactNode, label: string, keys: string, run: () => void, disabled = false) => (
    <Button
      type="text"
      size="small"
      icon={icon}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled}
      onClick={run}
    />
  )
  return (
    <div className={css.bar} role="toolbar" aria-label={t('drafting.toolbar')}>
      {tool(<UndoOutlined aria-hidden />, t('drafting.undo'), 'Ctrl+Z', props.onUndo, !props.canUndo)}
      {tool(<RedoOutlined aria-hidden />, t('drafting.redo'), 'Ctrl+Shift+Z', props.onRedo, !props.canRedo)}
      <span className={css.gap} />
      {tool(<CopyOutlined aria-hidden />, t('drafting.copy'), 'Ctrl+C', props.onCopy, !props.canCopy)}
      {tool(<SnippetsOutlined aria-hidden />, t('drafting.paste'), 'Ctrl+V', props.onPaste)}
      <span className={css.gap} />
      {tool(<ApartmentOutlined aria-hidden />, t('drafting.layOut'), 'L', props.onLayOut)}
      {tool(<FileTextOutlined aria-hidden />, t('drafting.addNote'), 'N', props.onNote)}
      {tool(<BorderOuterOutlined aria-hidden />, t('drafting.group'), 'G', props.onGroup, !props.canGroup)}
      {tool(<QuestionCircleOutlined aria-hidden />, t('drafting.shortcuts'), '?', props.onHelp)}
      <span className={css.state}>{props.children}</span>
    </div>
  )
}
