import type { FieldSpec } from '../../server/workflow/field.ts'
import type { Overlap, TableAnalysis } from '../../server/workflow/table/analyse.ts'
import { exampleWords } from '../../server/workflow/table/example.ts'
import { isCondition, type TableRow } from '../../server/workflow/table/table-row.ts'
import type { Language } from '../../server/workflow/text.ts'
import type { T } from '../i18n/i18n.ts'

/** What the analysis says, in the words of the page. */
export interface TableFindings {
  /** By row id: why the row never wins, in one sentence. */
  readonly dead: ReadonlyMap<string, string>
  /** By row id: the numbers of the rows it overlaps with. */
  readonly overlapping: ReadonlyMap<string, readonly number[]>
  readonly overlaps: readonly string[]
  readonly gap: { readonly words: string; readonly example: string; readonly isWarning: boolean } | undefined
  /** How many rows have no condition yet that could be checked. */
  readonly waiting: number
}

interface Words {
  readonly t: T
  readonly language: Language
}

export function findingsOf(
  analysis: TableAnalysis,
  rows: readonly TableRow[],
  otherwise: string,
  hits: 'first' | 'all',
  fields: readonly FieldSpec[],
  words: Words,
): TableFindings {
  const { t, language } = words
  const idOf = (index: number) => rows[index]?.id ?? ''
  const told = (example: Parameters<typeof exampleWords>[0]) => exampleWords(example, fields)[language]
  const dead = new Map(
    analysis.neverWin.map(({ row, takenBy, example }) => [
      idOf(row),
      deadWords(row, takenBy, example && { words: told(example), goesTo: example.goesTo }, t),
    ]),
  )
  const overlapping = new Map<string, readonly number[]>()
  for (const { first, second } of analysis.overlaps) {
    overlapping.set(idOf(second), [...(overlapping.get(idOf(second)) ?? []), first + 1])
  }
  return {
    dead,
    overlapping,
    overlaps: analysis.overlaps.map(overlap => overlapWords(overlap, rows, hits, told(overlap.example), t)),
    gap: analysis.gap && {
      words: otherwise === '' ? t('tables.gapWithoutElse') : t('tables.gapWithElse', { action: otherwise }),
      example: t('tables.example', { example: told(analysis.gap) }),
      isWarning: otherwise === '',
    },
    waiting: rows.filter(({ when }) => !isCondition(when)).length,
  }
}

function deadWords(
  row: number,
  takenBy: readonly number[],
  example: { readonly words: string; readonly goesTo: number } | undefined,
  t: T,
): string {
  if (takenBy.length === 0) return t('tables.neverHolds', { n: row + 1 })
  const numbers = takenBy.map(index => index + 1).join(t('tables.listComma'))
  const parts = [t('tables.neverWins', { n: row + 1 }), t('tables.takenBy', { rows: numbers })]
  if (example) parts.push(t('tables.takenExample', { example: example.words, to: example.goesTo + 1 }))
  return parts.join(t('tables.comma'))
}

function overlapWords(
  { first, second }: Overlap,
  rows: readonly TableRow[],
  hits: 'first' | 'all',
  example: string,
  t: T,
): string {
  const numbers = { a: first + 1, b: second + 1 }
  const what =
    hits === 'all'
      ? t('tables.overlapAll', numbers)
      : t('tables.overlapFirst', { ...numbers, action: rows[first]?.action ?? '' })
  return [what, t('tables.example', { example })].join(t('tables.stop'))
}
