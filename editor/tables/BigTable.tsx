import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ClipboardEvent, type ReactElement, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../server/workflow/problem.ts'
import type { T } from '../i18n/i18n.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import css from './BigTable.module.css'
import { useCellFocus } from './cell-focus.ts'
import { Findings } from './Findings.tsx'
import { madeId } from './made-ids.ts'
import { OtherwiseLine } from './OtherwiseLine.tsx'
import { type MenuPlace, RowMenu } from './RowMenu.tsx'
import { Rows } from './Rows.tsx'
import { TableLine } from './TableLine.tsx'
import { Toolbar } from './Toolbar.tsx'
import { addRow, emptyRow, insertRows, moveRow } from './table-edits.ts'
import { isSheet, MOST_ROWS, readPasted, rowOf } from './table-sheet.ts'
import type { TableView } from './use-view.ts'

const NO_PROBLEMS: readonly Problem[] = []

/** The table as it is written on paper: type, logic, action, and last what happens to all other orders. */
export function BigTable({
  view,
  problems,
}: {
  view: TableView
  problems: readonly Problem[]
}): ReactElement {
  const { rows, kept, fields, findings, outcome, edit } = view
  const { t, say } = useWords()
  const [picking, setPicking] = useState<string>()
  const [menu, setMenu] = useState<MenuPlace>()
  const table = useRef<HTMLTableElement>(null)
  const focusCell = useCellFocus(table, { row: rows[0]?.id ?? '', cell: 'name' })
  const paste = usePaste(view)
  // Rows are drawn anew only for what changes of them, so all they are given stays the same while it says the same.
  const order = kept.map(({ id }) => id).join(' ')
  const problemsOf = useMemo(() => byRow(problems, order.split(' ')), [problems, order])
  const written = useDeferredValue(rows.map(({ action }) => action.trim()).join('\n'))
  const actions = useMemo(() => actionsFor(written.split('\n'), t), [written, t])
  const add = () => {
    const row = emptyRow(madeId)
    const first = rows[0]!
    edit(params => addRow(kept.length === 0 ? addRow(params, first) : params, row))
    focusCell({ row: row.id, cell: 'name' })
  }
  return (
    <div className={css.whole}>
      <Toolbar view={view} />
      <Rows rows={rows} onMove={(id, to) => edit(params => moveRow(params, id, to))}>
        <table ref={table} className={css.table} aria-label={t('tables.table')} onPaste={paste}>
          <thead>
            <tr>
              <th className={css.numberHead} aria-label={t('tables.order')} />
              <th className={css.nameHead}>{t('tables.name')}</th>
              <th>{t('tables.when')}</th>
              <th className={css.actionHead}>{t('tables.action')}</th>
              <th className={css.endHead} aria-label={t('tables.remove')} />
            </tr>
          </thead>
          {rows.map((row, index) => (
            <TableLine
              key={row.id}
              row={row}
              number={index + 1}
              isLast={index === rows.length - 1}
              isPicking={picking === row.id}
              fields={fields}
              problems={problemsOf.get(row.id) ?? NO_PROBLEMS}
              actions={actions}
              dead={findings?.dead.get(row.id)}
              overlapping={findings?.overlapping.get(row.id)?.join(t('tables.listComma'))}
              sampleHolds={outcome?.lines.get(row.id)?.holds}
              sampleWords={say(outcome?.lines.get(row.id)?.words)}
              edit={edit}
              onPick={setPicking}
              onMenu={setMenu}
              onFocusCell={focusCell}
            />
          ))}
          <OtherwiseLine view={view} actions={actions} />
        </table>
      </Rows>
      <Button icon={<PlusOutlined />} disabled={rows.length >= MOST_ROWS} onClick={add}>
        {t('tables.addRow')}
      </Button>
      <Findings view={view} />
      {menu && <RowMenu place={menu} view={view} onClose={() => setMenu(undefined)} />}
    </div>
  )
}

/** Cells of a spreadsheet pasted into the table become rows below the one they were pasted into. */
function usePaste({ kept, fields, edit }: TableView): (event: ClipboardEvent) => void {
  const { t } = useWords()
  const report = useReport()
  return event => {
    const text = event.clipboardData.getData('text/plain')
    if (!isSheet(text)) return
    event.preventDefault()
    const pasted = readPasted(text, fields, kept)
    const count = pasted.rows.length
    if (kept.length + count > MOST_ROWS) {
      const words = t('tables.pasteTooMany', { most: MOST_ROWS, count: kept.length + count })
      report.failed(undefined, () => words)
      return
    }
    const made = pasted.rows.map((row, index) =>
      rowOf(row, t('tables.ruleNumber', { n: kept.length + index + 1 })),
    )
    const line = (event.target as HTMLElement).closest('[data-row]')?.getAttribute('data-row')
    const after = kept.find(({ id }) => id === line)?.id
    edit(params => insertRows(params, made, { mode: 'add', after, otherwise: pasted.otherwise }, madeId))
    const unread = made.filter(({ when }) => typeof when === 'string').length
    report.done(unread > 0 ? t('tables.pastedUnread', { count, unread }) : t('tables.pasted', { count }))
  }
}

/** Actions to suggest: those the table has already, then the usual ones. */
function actionsFor(written: readonly string[], t: T): readonly string[] {
  const usual = [
    t('tables.actionShip'),
    t('tables.actionTransfer'),
    t('tables.actionPurchase'),
    t('tables.actionPerson'),
    t('tables.actionWait'),
    t('tables.actionMerge'),
  ]
  return [...new Set([...written.filter(action => action !== ''), ...usual])]
}

function byRow(
  problems: readonly Problem[],
  ids: readonly string[],
): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>()
  for (const problem of problems) {
    const index = /^rows\/(\d+)(?:\/|$)/.exec(problem.param ?? '')?.[1]
    const id = index === undefined ? undefined : ids[Number(index)]
    if (id === undefined) continue
    found.set(id, [...(found.get(id) ?? []), problem])
  }
  return found
}
