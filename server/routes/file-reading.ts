import type { MultipartFile } from '@fastify/multipart'
import { type Static, Type } from 'typebox'
import { errors } from '../errors.ts'
import { FileUnreadableError } from '../intake/files/document-file.ts'
import { mayHoldOrders } from '../intake/files/file-kind.ts'
import { type OpenedFile, openOrderFile } from '../intake/files/read-file.ts'
import { type Reading, readingOf } from '../intake/files/reading.ts'
import { TEXT_ENCODINGS } from '../intake/files/text-encoding.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'

/** What a person may say of how a file is read; what is not said is found out. */
export const readingQuery = {
  encoding: Type.Optional(Type.Union(TEXT_ENCODINGS.map(encoding => Type.Literal(encoding)))),
  sheet: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Number of the row the columns are named in. */
  header: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_048_576 })),
  /** `true`: rows that were hidden or filtered away are read as well. */
  hiddenRows: Type.Optional(Type.Boolean()),
}
const ReadingQuery = Type.Object(readingQuery)

/** A file as it was uploaded, opened. @throws errors.FileMissing, errors.UnsupportedFile, errors.FileBroken */
export async function openUpload(
  part: MultipartFile | undefined,
  { encoding }: Static<typeof ReadingQuery>,
): Promise<{ readonly filename: string; readonly file: OpenedFile }> {
  if (!part) throw new errors.FileMissing()
  const { filename } = part
  if (!mayHoldOrders(filename)) throw new errors.UnsupportedFile(filename, filename)
  const bytes = await part.toBuffer()
  return { filename, file: await told(filename, () => openOrderFile(bytes, filename, encoding)) }
}

/** How the files of a connection are read, and what a person said of this one. */
export function chosenReading(
  connection: Pick<ConnectionDoc, 'groupRowsBy' | 'identity' | 'mapping'>,
  { sheet, header, hiddenRows }: Static<typeof ReadingQuery>,
): Reading {
  return { ...readingOf(connection, new Date()), sheet, header, hiddenRows }
}

/** What cannot be read is told with the file's name. @throws errors.FileBroken */
export async function told<T>(filename: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof FileUnreadableError)) throw error
    throw new errors.FileBroken(filename, error.text.zh, filename, error.text.en)
  }
}
