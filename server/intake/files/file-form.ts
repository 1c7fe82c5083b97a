import type { TextEncoding } from './text-encoding.ts'

/** Kinds of file orders may come in. */
export type FileKind = 'csv' | 'xlsx' | 'json' | 'ndjson'

/** How a file was read, so that a person can see it and choose otherwise. */
export interface FileForm {
  readonly kind: FileKind
  readonly encoding?: TextEncoding
  readonly separator?: string
  /** Sheets of a workbook in their order, and which of them was read. */
  readonly sheets?: readonly SheetForm[]
  readonly sheet?: string
  /** What stands above the header. */
  readonly title?: string
  /** Row numbers of the header: none for a list of documents, two where a heading stands over several columns. */
  readonly header: readonly number[]
  readonly columns: readonly string[]
  /** Letters of columns that hold values but have no name, and so are not read. */
  readonly unnamed: readonly string[]
  readonly skipped: readonly SkippedRow[]
}

export interface SheetForm {
  readonly name: string
  readonly isHidden: boolean
  /** Rows with anything in them. */
  readonly rows: number
}

/** A row that was left out on purpose. */
export interface SkippedRow {
  readonly row: number
  readonly why: 'total' | 'note' | 'header' | 'hidden'
}
