import { CheckCircleFilled, CloseCircleOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons'
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Button } from 'antd'
import { type KeyboardEvent, memo, type ReactElement, useMemo } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import type { TableRow } from '../../server/workflow/table/table-row.ts'
import { useWords } from '../i18n/use-words.ts'
import { ConditionEditor } from '../rules/ConditionEditor.tsx'
import { CellInput } from './CellInput.tsx'
import type { FocusCell } from './cell-focus.ts'
import { madeId } from './made-ids.ts'
import type { MenuPlace } from './RowMenu.tsx'
import css from './TableLine.module.css'
import { addRow, changeRow, emptyRow, moveRow, removeRow, settlePorts } from './table-edits.ts'
import type { Edit } from './use-table.ts'
import { WhenCell } from './WhenCell.tsx'

export interface TableLineProps {
  readonly row: TableRow
  /** From 1, as on paper. */
  readonly number: number
  readonly isLast: boolean
  readonly isPicking: boolean
  readonly fields: readonly FieldSpec[]
  readonly problems: readonly Problem[]
  readonly actions: readonly string[]
  /** Why the row never wins; undefined where it may. */
  readonly dead: string | undefined
  /** Numbers of the rows above it overlaps with, in words. */
  readonly overlapping: string | undefined
  /** How it comes out for the sample order; undefined where it was not asked. */
  readonly sampleHolds: boolean | undefined
  readonly sampleWords: string
  readonly edit: Edit
  readonly onPick: (id: string | undefined) => void
  readonly onMenu: (place: MenuPlace) => void
  readonly onFocusCell: FocusCell
}

/** One row of the table: three cells to write in, and where it is asked for the condition by clicking. */
export const TableLine = memo(function TableLine(props: TableLineProps): ReactElement {
  const { row, number, isLast, isPicking, fields, problems, actions, dead, overlapping } = props
  const { sampleHolds, sampleWords, edit, onPick, onFocusCell } = props
  const { t, say } = useWords()
  const sortable = useSortable({ id: row.id })
  const fault = (cell: string) =>
    say(problems.find(({ param }) => param?.endsWith(`/${cell}`))?.message) || undefined
  const change = (part: Parameters<typeof changeRow>[2], merge?: string) =>
    edit(params => changeRow(params, row, part), merge)
  const key = (event: KeyboardEvent, next: () => void): boolean => {
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      edit(params => moveRow(params, row.id, event.key === 'ArrowUp' ? -1 : 1))
      return true
    }
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
      return false
    next()
    return true
  }
  const goOn = () => {
    if (!isLast) return onFocusCell({ row: row.id, cell: 'name', isBelow: true })
    const added = emptyRow(madeId)
    edit(params => addRow(changeRow(params, row, {}), added))
    onFocusCell({ row: added.id, cell: 'name' })
  }
  const suggestions = useMemo(
    () => actions.filter(action => action !== row.action && action.includes(row.action.trim())),
    [actions, row.action],
  )
  const style = {
    transform: CSS.Translate.toString(sortable.transform),
    transition: sortable.transition,
  }
  return (
    <tbody
      ref={sortable.setNodeRef}
      style={style}
      className={css.line}
      data-row={row.id}
      data-dead={dead !== undefined}
      data-dragging={sortable.isDragging}
      data-hit={sampleHolds}
    >
      <tr>
        <td>
          <Handle row={row} number={number} onMenu={props.onMenu} handle={sortable} />
        </td>
        <td>
          <CellInput
            label={t('tables.nameOf', { n: number })}
            cell="name"
            value={row.name}
            placeholder={number === 1 ? t('tables.namePlaceholder') : ''}
            invalid={fault('name')}
            onChange={name => change({ name }, `row:${row.id}:name`)}
            onKey={event => key(event, () => onFocusCell({ row: row.id, cell: 'when' }))}
          />
          {overlapping && <p className={css.overlap}>{t('tables.overlapMark', { n: overlapping })}</p>}
        </td>
        <td>
          <WhenCell
            row={number}
            when={row.when}
            fields={fields}
            invalid={fault('when')}
            onChange={when => change({ when })}
            onPick={() => onPick(isPicking ? undefined : row.id)}
            onKey={event => key(event, () => onFocusCell({ row: row.id, cell: 'action' }))}
          />
          {sampleHolds !== undefined && (
            <p className={sampleHolds ? css.hits : css.misses}>
              {sampleHolds ? <CheckCircleFilled /> : <CloseCircleOutlined />}{' '}
              {sampleHolds ? t('tables.sampleHits') : t('tables.sampleMisses')}
              {t('tables.colon')}
              {sampleWords}
            </p>
          )}
          {typeof row.when !== 'string' && row.when !== undefined && !isPicking && (
            <Problems problems={problems.filter(({ param }) => param?.endsWith('/when'))} />
          )}
          {dead && <p className={css.dead}>{dead}</p>}
        </td>
        <td>
          <CellInput
            label={t('tables.actionOf', { n: number })}
            cell="action"
            value={row.action}
            placeholder={number === 1 ? t('tables.actionPlaceholder') : ''}
            invalid={fault('action')}
            suggestions={suggestions}
            onChange={action => change({ action }, `row:${row.id}:action`)}
            onSuggestion={action => change({ action }, `row:${row.id}:action`)}
            onLeave={() => edit(params => settlePorts(params, row.id, madeId), `row:${row.id}:action`)}
            onKey={event => {
              if (event.key === 'Tab' && !event.shiftKey && !isLast) {
                onFocusCell({ row: row.id, cell: 'name', isBelow: true })
                return true
              }
              return key(event, goOn)
            }}
          />
        </td>
        <td className={css.end}>
          <button
            type="button"
            className={css.remove}
            tabIndex={-1}
            aria-label={t('tables.removeOf', { n: number })}
            onClick={() => edit(params => removeRow(params, row.id))}
          >
            <DeleteOutlined />
          </button>
        </td>
      </tr>
      {isPicking && (
        <tr>
          <td />
          <td colSpan={4} className={css.picker} ref={focusFirst}>
            <ConditionEditor
              label={t('tables.whenOf', { n: number })}
              value={typeof row.when === 'string' ? undefined : row.when}
              onChange={(when, merge) => change({ when }, merge && `row:${row.id}:${merge}`)}
              problems={problems.filter(({ param }) => param?.endsWith('/when'))}
            />
            <Button size="small" onClick={() => onPick(undefined)}>
              {t('tables.pickDone')}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  )
})

/** Clicked open, the conditions are what the person wants to work on. */
function focusFirst(place: HTMLElement | null): void {
  place?.querySelector<HTMLElement>('button, input')?.focus()
}

function Problems({ problems }: { problems: readonly Problem[] }): ReactElement {
  const { say } = useWords()
  return (
    <>
      {problems.map(({ code, at, severity, message }) => (
        <p key={`${code}${at}`} className={severity === 'error' ? css.bad : css.dead}>
          {say(message)}
        </p>
      ))}
    </>
  )
}

/** The number of a row: dragged to another place, or clicked for what else can be done with the row. */
function Handle(
  props: Pick<TableLineProps, 'row' | 'number' | 'onMenu'> & {
    handle: Pick<ReturnType<typeof useSortable>, 'attributes' | 'listeners'>
  },
): ReactElement {
  const { row, number, onMenu, handle } = props
  const { t } = useWords()
  return (
    <button
      type="button"
      className={css.handle}
      {...handle.attributes}
      {...handle.listeners}
      aria-label={t('tables.rowTools', { n: number })}
      aria-haspopup="menu"
      onClick={event => onMenu({ row: row.id, button: event.currentTarget })}
    >
      <HolderOutlined className={css.grip} />
      {number}
    </button>
  )
}
