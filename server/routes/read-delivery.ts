import { errors } from '../errors.ts'
import { parseJson, parseNdjson } from '../intake/json.ts'

const MAX_DOCUMENTS = 20_000

/** The documents of one request, each with the place it had there. */
export interface Delivery {
  readonly documents: readonly unknown[]
  readonly places: readonly number[]
  readonly broken: readonly { readonly index: number; readonly text: string }[]
}

/**
 * Reads one document, a list of them, or one per line.
 * @throws {SyntaxError} for a text that is none of these, errors.TooManyOrders
 */
export function readDelivery(text: string, isLines: boolean): Delivery {
  const { documents, broken } = isLines ? readLines(text) : readList(text)
  const total = documents.length + broken.length
  if (total > MAX_DOCUMENTS) throw new errors.TooManyOrders(String(MAX_DOCUMENTS), String(MAX_DOCUMENTS))
  const isBroken = new Set(broken.map(each => each.index))
  const places = Array.from({ length: total }, (_, index) => index).filter(index => !isBroken.has(index))
  return { documents, places, broken }
}

function readList(text: string) {
  const parsed = parseJson(text)
  return { documents: Array.isArray(parsed) ? (parsed as unknown[]) : [parsed], broken: [] }
}

function readLines(text: string) {
  const read = parseNdjson(text)
  // Not one line of it is JSON: this is another format, to be kept whole and not in a thousand pieces.
  if (read.documents.length === 0 && read.broken.length > 1) throw new SyntaxError('no line of it is JSON')
  return read
}
