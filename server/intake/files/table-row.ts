import type { FieldProblem } from '../../world/world.ts'

/** A row of a table by the names in its header. */
export interface TableRow {
  /** As a spreadsheet shows it: the first is row 1. */
  readonly number: number
  readonly values: Readonly<Record<string, unknown>>
  /** What no longer says what it said, and so must not be taken. */
  readonly problems: readonly FieldProblem[]
}

/** `fromEntries` keeps a column called `__proto__` an ordinary column. */
export function valuesOf(
  names: readonly (string | undefined)[],
  cells: readonly unknown[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    names.flatMap((name, index) => (name === undefined ? [] : [[name, cells[index] ?? ''] as const])),
  )
}
