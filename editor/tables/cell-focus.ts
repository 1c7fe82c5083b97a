import { type RefObject, useCallback, useEffect, useRef } from 'react'

/** Where the focus is to go: a cell of a row, or of the row below one. */
export interface CellWanted {
  readonly row: string
  readonly cell: 'name' | 'when' | 'action'
  /** The row below is meant. */
  readonly isBelow?: boolean
}

export type FocusCell = (wanted: CellWanted) => void

/** Puts the focus on cells of a table, also on those that only come on screen with the next drawing of it. */
export function useCellFocus(table: RefObject<HTMLElement | null>, first: CellWanted): FocusCell {
  const pending = useRef<CellWanted | undefined>(first)
  useEffect(() => {
    const cell = pending.current && cellOf(table.current, pending.current)
    if (!cell) return
    pending.current = undefined
    cell.focus()
  })
  return useCallback(
    wanted => {
      const cell = cellOf(table.current, wanted)
      if (cell) cell.focus()
      else pending.current = wanted
    },
    [table],
  )
}

function cellOf(table: HTMLElement | null, { row, cell, isBelow }: CellWanted): HTMLElement | undefined {
  const line = table?.querySelector(`[data-row="${CSS.escape(row)}"]`)
  const meant = isBelow ? line?.nextElementSibling : line
  return meant?.querySelector<HTMLElement>(`[data-cell="${cell}"]`) ?? undefined
}
