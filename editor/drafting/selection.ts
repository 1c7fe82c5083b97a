/** What is selected on a canvas: cards, notes and frames by id, lines by their key. */
export interface Selection {
  readonly cards: ReadonlySet<string>
  readonly lines: ReadonlySet<string>
}

export const nothingSelected: Selection = { cards: new Set(), lines: new Set() }

export const only = (...ids: readonly string[]): Selection => ({ cards: new Set(ids), lines: new Set() })
