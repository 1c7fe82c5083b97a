import { errors } from '../errors.ts'
import { parseNdjson, readJson } from '../intake/json.ts'

const MAX_DOCUMENTS = 20_000

/** The documents of one request, each with the place it had there. */
export interface Delivery {
  readonly documents: readonly unknown[]
  readonly places: readonly number[]
  readonly broken: readonly { readonly index: number; readonly text: string }[]
  /** One document stood alone, and not in a list. */
  readonly isSingle: boolean
  /** The text of the single document where it says the same as the document. */
  readonly text?: string
}

const FIRST = [0]
const NONE: Delivery['broken'] = []

/**
 * Reads one document, a list of them, or one per line.
 * @throws {SyntaxError} for a text that is none of these, errors.TooManyOrders
 */
export function readDelivery(text: string, isLines: boolean): Delivery {
  return isLines ? readLines(text) : readOneOrList(text)
}

function readOneOrList(text: string): Delivery {
  const { value, isPlain } = readJson(text)
  if (Array.isArray(value)) {
    const documents: readonly unknown[] = value
    demandFew(documents.length)
    return { documents, places: [...documents.keys()], broken: NONE, isSingle: false }
  }
  return { documents: [value], places: FIRST, broken: NONE, isSingle: true, ...(isPlain && { text }) }
}

function readLines(text: string): Delivery {
  const { documents, broken } = parseNdjson(text)
  // Not one line of it is JSON: this is another format, to be kept whole and not in a thousand pieces.
  if (documents.length === 0 && broken.length > 1) throw new SyntaxError('no line of it is JSON')
  const total = documents.length + broken.length
  demandFew(total)
  const isBroken = new Set(broken.map(each => each.index))
  const places = Array.from({ length: total }, (_, index) => index).filter(index => !isBroken.has(index))
  return { documents, places, broken, isSingle: false }
}

function demandFew(count: number): void {
  if (count > MAX_DOCUMENTS) throw new errors.TooManyOrders(String(MAX_DOCUMENTS), String(MAX_DOCUMENTS))
}
