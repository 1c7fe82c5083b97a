import { Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { madeId } from './made-ids.ts'
import { duplicateRow, moveRow, removeRow } from './table-edits.ts'
import type { TableView } from './use-view.ts'

/** The row whose menu is open, and the button it hangs on. */
export interface MenuPlace {
  readonly row: string
  readonly button: HTMLElement
}

/** What can be done with a row as a whole. One menu for all rows: two hundred of them would make the table slow. */
export function RowMenu(props: { place: MenuPlace; view: TableView; onClose: () => void }): ReactElement {
  const { place, view, onClose } = props
  const { row, button } = place
  const { rows, edit } = view
  const { t } = useWords()
  const index = rows.findIndex(({ id }) => id === row)
  const { left, bottom } = button.getBoundingClientRect()
  const items = [
    { key: 'duplicate', label: t('tables.duplicate') },
    { key: 'up', label: t('tables.moveUp'), disabled: index === 0 },
    { key: 'down', label: t('tables.moveDown'), disabled: index === rows.length - 1 },
    { key: 'remove', label: t('tables.remove'), danger: true },
  ]
  const act = (key: string) => {
    if (key === 'duplicate') edit(params => duplicateRow(params, row, madeId))
    if (key === 'up') edit(params => moveRow(params, row, -1))
    if (key === 'down') edit(params => moveRow(params, row, 1))
    if (key === 'remove') edit(params => removeRow(params, row))
    close()
  }
  const close = () => {
    onClose()
    button.focus()
  }
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      menu={{ items, onClick: ({ key }) => act(key) }}
      onOpenChange={isOpen => !isOpen && close()}
    >
      <span style={{ position: 'fixed', left, top: bottom }} />
    </Dropdown>
  )
}
