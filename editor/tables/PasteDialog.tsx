import { Button, Input, Modal } from 'antd'
import { type ReactElement, useMemo, useState } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { TableRow } from '../../server/workflow/table/table-row.ts'
import { useWords } from '../i18n/use-words.ts'
import { madeId } from './made-ids.ts'
import css from './PasteDialog.module.css'
import { insertRows } from './table-edits.ts'
import { MOST_ROWS, type PastedRow, readPasted, rowOf, whenWords } from './table-sheet.ts'
import type { Edit } from './use-table.ts'

/** Takes cells of a spreadsheet and shows how each row was understood before it goes into the table. */
export function PasteDialog(props: {
  rows: readonly TableRow[]
  fields: readonly FieldSpec[]
  edit: Edit
  onClose: () => void
}): ReactElement {
  const { rows, fields, edit, onClose } = props
  const { t } = useWords()
  const [text, setText] = useState('')
  const pasted = useMemo(() => readPasted(text, fields, rows), [text, fields, rows])
  const count = pasted.rows.length
  const unread = pasted.rows.filter(({ reading, text: words }) => !reading?.isSure && words !== '').length
  const put = (mode: 'replace' | 'add') => {
    const from = mode === 'add' ? rows.length : 0
    const made = pasted.rows.map((row, index) => rowOf(row, t('tables.ruleNumber', { n: from + index + 1 })))
    edit(params => insertRows(params, made, { mode, otherwise: pasted.otherwise }, madeId))
    onClose()
  }
  const isTooMany = (before: number) => before + count > MOST_ROWS
  return (
    <Modal
      open
      title={t('tables.pasteTitle')}
      width={860}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('tables.pasteCancel')}
        </Button>,
        rows.length > 0 && (
          <Button key="add" disabled={count === 0 || isTooMany(rows.length)} onClick={() => put('add')}>
            {t('tables.pasteAdd')}
          </Button>
        ),
        <Button
          key="replace"
          type="primary"
          disabled={count === 0 || isTooMany(0)}
          onClick={() => put('replace')}
        >
          {t('tables.pasteReplace')}
        </Button>,
      ]}
    >
      <p className={css.help}>{t('tables.pasteHelp')}</p>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 3, maxRows: 6 }}
        aria-label={t('tables.pasteBox')}
        placeholder={t('tables.pasteBox')}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {text !== '' && (
        <p className={css.found} role="status">
          {count === 0 ? t('tables.pasteEmpty') : t('tables.pasteFound', { count })}
          {unread > 0 && <span className={css.unread}>{t('tables.pasteUnread', { count: unread })}</span>}
          {isTooMany(0) && (
            <span className={css.unread}>{t('tables.pasteTooMany', { most: MOST_ROWS, count })}</span>
          )}
        </p>
      )}
      {count > 0 && (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('tables.name')}</th>
                <th>{t('tables.when')}</th>
                <th>{t('tables.action')}</th>
              </tr>
            </thead>
            <tbody>
              {pasted.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a preview whose rows never move
                <PreviewRow key={index} row={row} fields={fields} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pasted.otherwise !== undefined && (
        <p className={css.found}>{t('tables.pasteElse', { action: pasted.otherwise })}</p>
      )}
    </Modal>
  )
}

function PreviewRow({ row, fields }: { row: PastedRow; fields: readonly FieldSpec[] }): ReactElement {
  const { t, language } = useWords()
  const { name, text, action, reading } = row
  const words = reading && whenWords(reading.rule, fields)[language]
  return (
    <tr>
      <td>{name}</td>
      <td>
        {reading?.isSure ? words : text}
        {reading && !reading.isSure && <p className={css.unread}>{t('tables.meant', { words })}</p>}
        {!reading && text !== '' && <p className={css.unread}>{t('tables.notRead')}</p>}
      </td>
      <td>{action}</td>
    </tr>
  )
}
