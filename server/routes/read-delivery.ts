import { errors } from '../errors.ts'
import { parseNdjson, readJson } from '../intake/json.ts'
import { elementTexts } from '../intake/json-outline.ts'

const MAX_DOCUMENTS = 20_000

/** The documents of one request. */
export interface Delivery {
  readonly documents: readonly unknown[]
  /** The texts of the documents, where the texts say the same as the documents. */
  readonly texts?: readonly string[]
  /** How deep the request's text nests at most, where that is known. */
  readonly depth?: number
  readonly broken: readonly { readonly index: number; readonly text: string }[]
  /** The place each document had in the request; absent where none between them is broken. */
  readonly places?: readonly number[]
  /** One document stood alone, and not in a list. */
  readonly isSingle: boolean
}

const NONE: Delivery['broken'] = []

/**
 * Reads one document, a list of them, or one per line.
 * @throws {SyntaxError} for a text that is none of these, errors.TooManyOrders
 */
export function readDelivery(text: string, isLines: boolean): Delivery {
  return isLines ? readLines(text) : readOneOrList(text)
}

function readOneOrList(text: string): Delivery {
  const { value, isPlain, outline } = readJson(text)
  const isSingle = !Array.isArray(value)
  const documents: readonly unknown[] = isSingle ? [value] : value
  demandFew(documents.length)
  const texts = isPlain && (isSingle ? [text] : elementTexts(text, outline, documents.length))
  return { documents, depth: outline.depth, broken: NONE, isSingle, ...(texts && { texts }) }
}

function readLines(text: string): Delivery {
  const { documents, broken } = parseNdjson(text)
  // Not one line of it is JSON: this is another format, to be kept whole and not in a thousand pieces.
  if (documents.length === 0 && broken.length > 1) throw new SyntaxError('no line of it is JSON')
  const total = documents.length + broken.length
  demandFew(total)
  if (broken.length === 0) return { documents, broken, isSingle: false }
  const isBroken = new Set(broken.map(each => each.index))
  const places = Array.from({ length: total }, (_, index) => index).filter(index => !isBroken.has(index))
  return { documents, places, broken, isSingle: false }
}

function demandFew(count: number): void {
  if (count > MAX_DOCUMENTS) throw new errors.TooManyOrders(String(MAX_DOCUMENTS), String(MAX_DOCUMENTS))
}
