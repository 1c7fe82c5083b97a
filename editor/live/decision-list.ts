import type { Decision } from '../api/contract.ts'

/** Rows on screen; older ones leave at the bottom. */
export const LIST_LENGTH = 60

/** The newest decisions, newest first, and those that wait while somebody reads. */
export interface DecisionList {
  readonly shown: readonly Decision[]
  /** Came in while the list was held, newest first; joins `shown` on release. */
  readonly held: readonly Decision[]
  /** How many came in while held, also those that no longer fit. */
  readonly heldCount: number
}

export const noDecisions: DecisionList = { shown: [], held: [], heldCount: 0 }

/** New rows go on top, or aside while the list is held. A run told about again moves up and shows its newest state. */
export function arrive(list: DecisionList, rows: readonly Decision[], holding: boolean): DecisionList {
  if (rows.length === 0) return list
  if (holding) return { ...list, held: onTop(rows, list.held), heldCount: list.heldCount + rows.length }
  return { ...list, shown: onTop(rows, list.shown) }
}

/** Lets the rows that waited join the list. */
export function release(list: DecisionList): DecisionList {
  if (list.heldCount === 0) return list
  return { shown: onTop(list.held, list.shown), held: [], heldCount: 0 }
}

/**
 * As many of the rows as a reader can follow, in their order: those that failed or wait for someone first,
 * then the newest.
 */
export function sample(rows: readonly Decision[], most: number): readonly Decision[] {
  if (rows.length <= most) return rows
  const notable = rows.filter(row => row.status !== 'done')
  const others = rows.filter(row => row.status === 'done')
  const chosen = new Set([...notable, ...others].slice(0, most))
  return rows.filter(row => chosen.has(row))
}

/** Rows read from the store stand below what the socket already told. */
export function seed(list: DecisionList, rows: readonly Decision[]): DecisionList {
  return { ...list, shown: onTop(list.shown, rows) }
}

function onTop(newer: readonly Decision[], older: readonly Decision[]): Decision[] {
  const seen = new Set<string>()
  const rows: Decision[] = []
  for (const row of [...newer, ...older]) {
    if (seen.has(row.run)) continue
    seen.add(row.run)
    rows.push(row)
    if (rows.length === LIST_LENGTH) break
  }
  return rows
}
