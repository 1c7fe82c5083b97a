import { Type } from 'typebox'
import type { FileContent } from '../intake/files/document-file.ts'
import type { Judged } from '../intake/files/judge-content.ts'
import type { SuggestedReading } from '../intake/files/suggest-reading.ts'
import { FieldProblemShape, TextShape } from './shapes.ts'

const Rows = Type.Array(Type.Integer())

const Status = Type.Union([
  Type.Literal('new'),
  Type.Literal('changed'),
  /** Taken, but it stops at the mapping until somebody mends that. */
  Type.Literal('unmapped'),
  Type.Literal('repeated'),
  Type.Literal('refused'),
])

/** What a file would bring. Nothing of it was taken. */
export const FilePreviewShape = Type.Object({
  file: Type.String(),
  kind: Type.String(),
  encoding: Type.Optional(Type.String()),
  separator: Type.Optional(Type.String()),
  sheets: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), isHidden: Type.Boolean(), rows: Type.Integer() })),
  ),
  sheet: Type.Optional(Type.String()),
  /** What stands above the header. */
  title: Type.Optional(Type.String()),
  /** Row numbers of the header. */
  header: Rows,
  columns: Type.Array(Type.Object({ name: Type.String(), samples: Type.Array(Type.String()) })),
  unnamed: Type.Array(Type.String()),
  skipped: Type.Array(Type.Object({ row: Type.Integer(), why: Type.String() })),
  rows: Type.Integer(),
  documents: Type.Integer(),
  /** Which mapping the orders below are made by; `none` where there is not enough for one. */
  mapping: Type.Union([Type.Literal('own'), Type.Literal('suggested'), Type.Literal('none')]),
  /** A reading made for this file: where the connection has none, or its own makes no order of it. */
  suggestion: Type.Optional(
    Type.Object({
      mapping: Type.Object({ fields: Type.Array(Type.Unknown()) }),
      identity: Type.Optional(Type.Unknown()),
      groupRowsBy: Type.Optional(Type.String()),
      missing: Type.Array(TextShape),
      /** Fields people need to work an order, and that no column is for. */
      absent: Type.Array(TextShape),
    }),
  ),
  /** Orders that stand in several rows, while every row is read as an order of its own. */
  severalRows: Type.Optional(Type.Object({ column: Type.String(), orders: Type.Integer() })),
  counts: Type.Object({
    new: Type.Integer(),
    changed: Type.Integer(),
    unmapped: Type.Integer(),
    repeated: Type.Integer(),
    refused: Type.Integer(),
  }),
  /** The first documents in the order of their rows. */
  items: Type.Array(
    Type.Object({
      rows: Rows,
      status: Status,
      /** The unified order. */
      order: Type.Optional(Type.Unknown()),
      /** Fields that could be read, by unified name, where no order came of it. */
      values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      problems: Type.Array(FieldProblemShape),
    }),
  ),
  /** The first documents with problems, wherever they stand. */
  problems: Type.Array(Type.Object({ rows: Rows, status: Status, problems: Type.Array(FieldProblemShape) })),
  /** The first documents as they come, to try a mapping by. */
  samples: Type.Array(Type.Unknown()),
})

const SHOWN = 50
const SHOWN_PROBLEMS = 200
const SAMPLES = 5

/** @param limit how many documents are shown one by one */
export function viewFile(file: string, content: FileContent, judged: readonly Judged[], limit = SHOWN) {
  const { rows, documents } = content
  const { sheets, ...form } = content.form
  const count = (status: Judged['status']) => judged.filter(each => each.status === status).length
  return {
    ...form,
    file,
    header: [...form.header],
    unnamed: [...form.unnamed],
    skipped: [...form.skipped],
    ...(sheets ? { sheets: [...sheets] } : {}),
    columns: form.columns.map(name => ({ name, samples: samplesOf(name, content) })),
    rows,
    documents: judged.length,
    counts: {
      new: count('new'),
      changed: count('changed'),
      unmapped: count('unmapped'),
      repeated: count('repeated'),
      refused: count('refused'),
    },
    items: judged.slice(0, limit).map(({ rows: numbers, status, order, values, problems }) => ({
      rows: [...numbers],
      status,
      ...(order ? { order } : {}),
      ...(values ? { values } : {}),
      problems: [...problems],
    })),
    problems: judged
      .filter(({ problems }) => problems.length > 0)
      .slice(0, SHOWN_PROBLEMS)
      .map(({ rows: numbers, status, problems }) => ({
        rows: [...numbers],
        status,
        problems: [...problems],
      })),
    samples: documents.slice(0, SAMPLES).map(({ document }) => document),
  }
}

const LOOKED_AT = 200
const SHOWN_SAMPLES = 3
const LONGEST_SAMPLE = 60

/** Different values of a column, as many as show what it holds. */
function samplesOf(column: string, { documents }: FileContent): string[] {
  const found = new Set<string>()
  for (const { document } of documents.slice(0, LOOKED_AT)) {
    const value =
      typeof document === 'object' && document !== null && Object.hasOwn(document, column)
        ? (document as Readonly<Record<string, unknown>>)[column]
        : undefined
    if (value === undefined || value === null || value === '') continue
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    found.add(text.slice(0, LONGEST_SAMPLE))
    if (found.size === SHOWN_SAMPLES) break
  }
  return [...found]
}

export function viewSuggestion({ mapping, identity, groupRowsBy, missing, absent }: SuggestedReading) {
  return {
    mapping: { fields: [...mapping.fields] },
    ...(identity ? { identity } : {}),
    ...(groupRowsBy ? { groupRowsBy } : {}),
    missing: [...missing],
    absent: [...absent],
  }
}
