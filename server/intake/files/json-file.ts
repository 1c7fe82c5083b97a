import { parseJson, parseNdjson } from '../json.ts'
import { type FileContent, FileUnreadableError } from './document-file.ts'

const withoutMark = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text)

/** One order or a list of them. @throws {FileUnreadableError} */
export function readJsonFile(text: string): FileContent {
  const parsed = parsedOr(() => parseJson(withoutMark(text)))
  const documents = (Array.isArray(parsed) ? parsed : [parsed]).map((document, index) => ({
    rows: [index + 1],
    document: document as unknown,
  }))
  return { rows: documents.length, documents, broken: [] }
}

/** One order per line. Lines that are no JSON are told of; the others stand. */
export function readNdjsonFile(text: string): FileContent {
  const { documents, broken } = parsedOr(() => parseNdjson(withoutMark(text)))
  const isBroken = new Set(broken.map(each => each.index))
  const total = documents.length + broken.length
  const places = Array.from({ length: total }, (_, index) => index).filter(index => !isBroken.has(index))
  return {
    rows: total,
    documents: documents.map((document, index) => ({ rows: [places[index]! + 1], document })),
    broken: broken.map(({ index, text: line }) => ({
      rows: [index + 1],
      text: line,
      reason: '不是有效的 JSON / not valid JSON',
    })),
  }
}

function parsedOr<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    // A RangeError is nesting too deep for the parser.
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new FileUnreadableError(error.message)
    throw error
  }
}
