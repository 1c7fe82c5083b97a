import { parseJson, parseNdjson } from '../json.ts'
import { type FileContent, FileUnreadableError } from './document-file.ts'

const withoutMark = (text: string) => (text.startsWith('\ufeff') ? text.slice(1) : text)

/** One order or a list of them. @throws {FileUnreadableError} */
export function readJsonFile(text: string): FileContent {
  const content = parsed(text)
  const documents = (Array.isArray(content) ? content : [content]).map((document, index) => ({
    rows: [index + 1],
    document: document as unknown,
  }))
  return { rows: documents.length, documents, broken: [] }
}

/** One order per line. Lines that are no JSON are told of; the others stand. */
export function readNdjsonFile(text: string): FileContent {
  const { documents, broken } = parseNdjson(withoutMark(text))
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

function parsed(text: string): unknown {
  try {
    return parseJson(withoutMark(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new FileUnreadableError(error.message)
    throw error
  }
}
