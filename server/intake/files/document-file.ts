import type { Text } from '../../workflow/text.ts'
import type { FieldProblem } from '../../world/world.ts'
import type { FileForm } from './file-form.ts'

/** One source document of a file and where it stood there. */
export interface FileDocument {
  /** Row numbers as a spreadsheet shows them (the first is 1), or line numbers, or positions in a JSON list. */
  readonly rows: readonly number[]
  readonly document: unknown
}

/** A part of a file that must not be taken as it is; kept for a person to mend. */
export interface BrokenPart {
  readonly rows: readonly number[]
  readonly text: string
  /** As far as it could be read. */
  readonly document?: unknown
  readonly problems: readonly FieldProblem[]
}

export interface FileContent {
  /** Data rows of a table, or entries of a list. */
  readonly rows: number
  readonly documents: readonly FileDocument[]
  readonly broken: readonly BrokenPart[]
  readonly form: FileForm
}

/** A file that cannot be read at all; the message (`zh / en`) is for the person who sent it. */
export class FileUnreadableError extends Error {
  override readonly name = 'FileUnreadableError'
  readonly text: Text

  constructor(text: Text) {
    super(`${text.zh} / ${text.en}`)
    this.text = text
  }
}
