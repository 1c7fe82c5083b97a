import { parseJson, parseNdjson } from '../json.ts'
import { type FileContent, FileUnreadableError } from './document-file.ts'
import type { FileForm } from './file-form.ts'
import type { DecodedText } from './text-encoding.ts'

/** One order or a list of them. @throws {FileUnreadableError} */
export function readJsonFile({ text, encoding }: DecodedText): FileContent {
  const content = parsed(text)
  const documents = (Array.isArray(content) ? content : [content]).map((document, index) => ({
    rows: [index + 1],
    document: document as unknown,
  }))
  return { rows: documents.length, documents, broken: [], form: listForm('json', encoding, documents) }
}

/** One order per line. Lines that are no JSON are told of; the others stand. */
export function readNdjsonFile({ text, encoding }: DecodedText): FileContent {
  const { documents: found, broken } = parseNdjson(text)
  const isBroken = new Set(broken.map(each => each.index))
  const total = found.length + broken.length
  const places = Array.from({ length: total }, (_, index) => index).filter(index => !isBroken.has(index))
  const documents = found.map((document, index) => ({ rows: [places[index]! + 1], document }))
  return {
    rows: total,
    documents,
    broken: broken.map(({ index, text: line }) => ({
      rows: [index + 1],
      text: line,
      problems: [{ field: '', code: 'NOT_JSON', message: '不是有效的 JSON', messageEn: 'not valid JSON' }],
    })),
    form: listForm('ndjson', encoding, documents),
  }
}

const LOOKED_AT = 50

/** The columns of a list are what its first documents say at their top. */
function listForm(
  kind: FileForm['kind'],
  encoding: DecodedText['encoding'],
  documents: readonly { readonly document: unknown }[],
): FileForm {
  const names = documents
    .slice(0, LOOKED_AT)
    .flatMap(({ document }) =>
      typeof document === 'object' && document !== null && !Array.isArray(document)
        ? Object.keys(document)
        : [],
    )
  return { kind, encoding, header: [], columns: [...new Set(names)], unnamed: [], skipped: [] }
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new FileUnreadableError({
      zh: `不是有效的 JSON：${error.message}`,
      en: `not valid JSON: ${error.message}`,
    })
  }
}
