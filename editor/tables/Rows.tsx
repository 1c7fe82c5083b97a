import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardCode,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import type { TableRow } from '../../server/workflow/table/table-row.ts'
import { useWords } from '../i18n/use-words.ts'

// Made once: with other options each time, every row would be drawn anew with every letter typed.
const POINTER = { activationConstraint: { distance: 4 } }
const KEYBOARD = {
  coordinateGetter: sortableKeyboardCoordinates,
  // Enter opens the menu of the row.
  keyboardCodes: {
    start: [KeyboardCode.Space],
    cancel: [KeyboardCode.Esc],
    end: [KeyboardCode.Space, KeyboardCode.Enter],
  },
}

/** Rows that can be dragged to another place, by pointer and by keyboard. */
export function Rows(props: {
  rows: readonly TableRow[]
  onMove: (id: string, to: string) => void
  children: ReactNode
}): ReactElement {
  const { rows, onMove, children } = props
  const { t } = useWords()
  const sensors = useSensors(useSensor(PointerSensor, POINTER), useSensor(KeyboardSensor, KEYBOARD))
  const order = rows.map(({ id }) => id).join(' ')
  const ids = useMemo(() => order.split(' '), [order])
  const drop = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(String(active.id), String(over.id))
  }
  const place = ({ id }: { id: UniqueIdentifier }) => ({ n: rows.findIndex(row => row.id === id) + 1 })
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{
        container: document.body,
        screenReaderInstructions: { draggable: t('tables.dragHelp') },
        announcements: {
          onDragStart: ({ active }) => t('tables.dragStart', place(active)),
          onDragOver: ({ over }) => (over ? t('tables.dragOver', place(over)) : undefined),
          onDragEnd: ({ over }) => (over ? t('tables.dragEnd', place(over)) : t('tables.dragCancel')),
          onDragCancel: () => t('tables.dragCancel'),
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  )
}
