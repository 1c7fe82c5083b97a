import type { FieldProblem } from '../../world/world.ts'
import type { Receipt } from '../receipt.ts'
import type { FileContent } from './document-file.ts'
import type { SkippedRow } from './file-form.ts'

const BATCH = 500
const AT_ONCE = 50
/** A file of which nothing can be used is better sent again than mended piece by piece. */
const MOST_KEPT = 50

/** Where the documents of a file go. */
export interface Destination {
  accept(documents: readonly unknown[]): Promise<Receipt>
  refuse(body: string, problems: readonly FieldProblem[]): Promise<string>
}

/** What became of a file, told by the rows a person sees when opening it. */
export interface FileReport {
  readonly rows: number
  readonly documents: number
  readonly accepted: number
  readonly repeated: number
  readonly refused: readonly RefusedRows[]
  /** Rows left out on purpose: totals, repeated headers, hidden ones. */
  readonly skipped: readonly SkippedRow[]
}

export interface RefusedRows {
  readonly rows: readonly number[]
  readonly problems: readonly FieldProblem[]
  /** Empty where the whole file was of no use and nothing of it is kept. */
  readonly quarantine: string
}

/**
 * Hands the documents of a file over, 500 at a time.
 * @throws what `accept` throws (errors.Busy); what was handed over before stays accepted, and giving the file again repeats it harmlessly
 */
export async function deliverFile(content: FileContent, destination: Destination): Promise<FileReport> {
  const refused: RefusedRows[] = []
  let accepted = 0
  let repeated = 0
  const isHopeless = content.documents.length === 0 && content.broken.length > MOST_KEPT
  for (let at = 0; at < content.broken.length; at += AT_ONCE) {
    const kept = content.broken.slice(at, at + AT_ONCE).map(async ({ rows, text, problems }) => {
      return { rows, problems, quarantine: isHopeless ? '' : await destination.refuse(text, problems) }
    })
    refused.push(...(await Promise.all(kept)))
  }
  for (let at = 0; at < content.documents.length; at += BATCH) {
    const batch = content.documents.slice(at, at + BATCH)
    const receipt = await destination.accept(batch.map(each => each.document))
    accepted += receipt.accepted
    repeated += receipt.repeated
    for (const { index, problems, quarantine } of receipt.refused)
      refused.push({ rows: batch[index]!.rows, problems, quarantine })
  }
  return {
    rows: content.rows,
    documents: content.documents.length + content.broken.length,
    accepted,
    repeated,
    refused,
    skipped: content.form.skipped,
  }
}
