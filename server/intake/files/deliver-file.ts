import type { FieldProblem } from '../../world/world.ts'
import type { Receipt } from '../receipt.ts'
import type { FileContent } from './document-file.ts'

const BATCH = 500

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
}

export interface RefusedRows {
  readonly rows: readonly number[]
  readonly problems: readonly FieldProblem[]
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
  for (const { rows, text, reason } of content.broken) {
    const problems = [brokenPart(reason)]
    refused.push({ rows, problems, quarantine: await destination.refuse(text, problems) })
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
  }
}

function brokenPart(reason: string): FieldProblem {
  const [zh = '', en = zh] = reason.split(' / ')
  return { field: '', code: 'NOT_JSON', message: zh, messageEn: en }
}
