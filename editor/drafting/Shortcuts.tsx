import { Modal } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Shortcuts.module.css'

const shortcuts = [
  ['A', 'drafting.keyAdd'],
  ['Tab', 'drafting.keyNext'],
  ['Enter', 'drafting.keySelect'],
  ['← ↑ → ↓', 'drafting.keyMove'],
  ['Delete', 'drafting.keyRemove'],
  ['Ctrl+Z / Ctrl+Shift+Z', 'drafting.keyUndo'],
  ['Ctrl+C / X / V', 'drafting.keyCopy'],
  ['Ctrl+D', 'drafting.keyDuplicate'],
  ['Ctrl+A', 'drafting.keyAll'],
  ['Shift', 'drafting.keyBox'],
  ['G', 'drafting.keyGroup'],
  ['N', 'drafting.keyNote'],
  ['L', 'drafting.keyLayOut'],
  ['F', 'drafting.keyFit'],
  ['I', 'drafting.keyInspector'],
  ['T', 'drafting.keyTest'],
  ['Ctrl+K', 'drafting.keySearch'],
  ['Esc', 'drafting.keyNothing'],
  ['?', 'drafting.keyHelp'],
] as const

/** All that the keyboard can do on the canvas. */
export function Shortcuts({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useWords()
  return (
    <Modal open footer={null} title={t('drafting.shortcuts')} onCancel={onClose}>
      <dl className={css.list}>
        {shortcuts.map(([keys, word]) => (
          <div key={word} className={css.row}>
            <dt>
              <kbd className={css.keys}>{keys}</kbd>
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
