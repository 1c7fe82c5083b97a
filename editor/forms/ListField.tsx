import { PlusOutlined } from '@ant-design/icons'
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { isRecord } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import { Entry } from './Entry.tsx'
import { moved, newEntry } from './entries.ts'
import { type FieldProps, useFieldId } from './field-props.ts'
import css from './forms.module.css'
import { problemsAt, problemsIn } from './param-problems.ts'
import { ProblemLines } from './Row.tsx'
import { useEntryKeys } from './use-entry-keys.ts'

const DRAG_PX = 4
// Dragging is for the mouse; by keyboard there are the buttons, so nothing has to be read out.
const SILENT = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

/** A list of groups of params: added, removed, and put in another order by dragging or by the arrows. */
export function ListField({ label, ...props }: FieldProps & { label: string }): ReactElement {
  const { t } = useWords()
  const { path, schema, value, beside, problems, onChange } = props
  const id = useFieldId(path)
  const entries: readonly unknown[] = Array.isArray(value) ? value : []
  const items = isRecord(schema.items) ? schema.items : {}
  const keys = useEntryKeys(entries.length)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PX } }))
  const move = (from: number, to: number) => {
    const next = moved(entries, from, to)
    if (next === entries) return
    keys.move(from, to)
    onChange(next)
  }
  const drop = ({ active, over }: DragEndEvent) => {
    if (over) move(keys.all.indexOf(String(active.id)), keys.all.indexOf(String(over.id)))
  }
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY
  return (
    <fieldset className={css.list}>
      <legend className={css.legend}>{label}</legend>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: '' } }}
        onDragEnd={drop}
      >
        <SortableContext items={[...keys.all]} strategy={verticalListSortingStrategy}>
          {entries.map((entry, at) => (
            <Entry
              key={keys.all[at]}
              sortKey={keys.all[at]!}
              title={t('forms.entry', { list: label, n: at + 1 })}
              isFirst={at === 0}
              isLast={at === entries.length - 1}
              path={`${path}/${at}`}
              schema={items}
              value={entry}
              beside={beside}
              problems={problemsIn(problems, `${path}/${at}`)}
              onChange={(next, merge) => onChange(entries.with(at, next), merge)}
              onMove={by => move(at, at + by)}
              onRemove={() => {
                keys.remove(at)
                onChange(entries.toSpliced(at, 1))
              }}
            />
          ))}
        </SortableContext>
      </DndContext>
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={entries.length >= most}
        onClick={() => {
          keys.add()
          onChange([...entries, newEntry(items)])
        }}
      >
        {t('forms.add', { list: label })}
      </Button>
      <ProblemLines id={`${id}-problems`} problems={problemsAt(problems, path)} />
    </fieldset>
  )
}
