/** A table before anyone knows where its header is. */
export interface Grid {
  readonly rows: readonly GridRow[]
  /** Cells that were joined over several rows. */
  readonly joined: readonly JoinedCells[]
}

export interface GridRow {
  /** As a spreadsheet shows it: the first is 1. */
  readonly number: number
  readonly cells: readonly unknown[]
  readonly isHidden: boolean
}

/** Cells shown as one; what they say stands in the first of them. Rows and columns from 1 and 0, both ends included. */
export interface JoinedCells {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

export const isBlank = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')

export const filledCells = ({ cells }: Pick<GridRow, 'cells'>): unknown[] =>
  cells.filter(cell => !isBlank(cell))

/** 0 → A, 26 → AA. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last
}
