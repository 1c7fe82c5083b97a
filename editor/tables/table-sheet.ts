import { parse } from 'csv-parse/browser/esm/sync'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { explainCondition } from '../../server/workflow/logic/explain.ts'
import { type ConditionReading, readCondition } from '../../server/workflow/table/read/condition.ts'
import { readSheet, untabbedCell } from '../../server/workflow/table/sheet.ts'
import { isCondition, type TableRow } from '../../server/workflow/table/table-row.ts'
import type { Language } from '../../server/workflow/text.ts'

/** A row as it was pasted, with what its condition was read as. */
export interface PastedRow {
  readonly name: string
  /** The condition as it was written. */
  readonly text: string
  readonly action: string
  /** Undefined where it was not understood. */
  readonly reading: ConditionReading | undefined
}

export interface Pasted {
  readonly rows: readonly PastedRow[]
  /** The action of the last line; undefined where there is none. */
  readonly otherwise: string | undefined
}

/** Most rows a table may have. */
export const MOST_ROWS = 200

/** Whether a pasted text is cells of a sheet rather than the text of one cell. */
export function isSheet(text: string): boolean {
  return text.includes('\t')
}

/**
 * Cells of a spreadsheet as rows. A condition that reads as one of `known` is that very condition, so that what was
 * copied out of a table comes back into it unchanged.
 */
export function readPasted(text: string, fields: readonly FieldSpec[], known: readonly TableRow[]): Pasted {
  const { rows, otherwise } = readSheet(cellsOf(text))
  const byWords = new Map(
    known
      .filter(({ when }) => isCondition(when))
      .flatMap(({ when }) => {
        const { zh, en } = explainCondition(when, fields)
        return [
          [zh, when],
          [en, when],
        ] as const
      }),
  )
  const read = rows.map(({ name, when, action }): PastedRow => {
    const reading = byWords.has(when)
      ? { rule: byWords.get(when), isSure: true }
      : readCondition(when, fields)
    return { name, text: when, action, reading }
  })
  return { rows: read, otherwise }
}

function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: readonly (readonly string[])[] = parse(text, {
    delimiter: '\t',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    bom: true,
  })
  return rows.map(row => row.map(untabbedCell))
}

/** A pasted row as a row of the table: a condition that was not surely understood stays the text it was. */
export function rowOf({ name, text, action, reading }: PastedRow, nameless: string) {
  const words = text.trim()
  const when = reading?.isSure ? reading.rule : words === '' ? undefined : words
  return { name: name === '' ? nameless : name, when, action }
}

/** A table as cells, header first and the last line at the end. */
export function cellsOfTable(
  rows: readonly TableRow[],
  otherwise: string,
  fields: readonly FieldSpec[],
  words: {
    readonly header: readonly [string, string, string]
    readonly otherwise: string
    readonly language: Language
  },
): readonly (readonly string[])[] {
  const lines = rows.map(({ name, when, action }) => [name, whenWords(when, fields)[words.language], action])
  return [words.header, ...lines, [words.otherwise, '', otherwise]]
}

/** A row's condition in words: what was written where it is not understood yet. */
export function whenWords(when: unknown, fields: readonly FieldSpec[]): { zh: string; en: string } {
  if (when === undefined) return { zh: '', en: '' }
  return typeof when === 'string' ? { zh: when, en: when } : explainCondition(when, fields)
}
