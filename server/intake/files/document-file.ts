/** One source document of a file and where it stood there. */
export interface FileDocument {
  /** Row numbers as a spreadsheet shows them (the header is 1), or line numbers, or positions in a JSON list. */
  readonly rows: readonly number[]
  readonly document: unknown
}

/** A part of a file nobody can read; kept for a person to mend. */
export interface BrokenPart {
  readonly rows: readonly number[]
  readonly text: string
  readonly reason: string
}

export interface FileContent {
  /** Data rows of a table, or entries of a list. */
  readonly rows: number
  readonly documents: readonly FileDocument[]
  readonly broken: readonly BrokenPart[]
}

/** A file that cannot be read at all; the message is for the person who sent it. */
export class FileUnreadableError extends Error {
  override readonly name = 'FileUnreadableError'
}
