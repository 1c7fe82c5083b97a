import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseJson } from '../../server/intake/json.ts'

/** What a push says, as far as we read it. Ids may be bare numbers beyond 2^53. */
export interface PushBody {
  readonly Event?: string
  readonly Encrypt?: string
  readonly order_info?: { readonly order_id?: string | number }
  readonly finder_shop_aftersale_status_update?: {
    readonly after_sale_order_id?: string | number
    readonly order_id?: string | number
  }
}

// Numbers stay text, digit for digit; entities are not expanded.
const xml = new XMLParser({ parseTagValue: false, processEntities: false })

/** Reads JSON or XML, whichever the console is set to. @returns undefined for a text that is neither */
export function pushBody(text: string): PushBody | undefined {
  const read = text.trimStart().startsWith('<') ? fromXml(text) : fromJson(text)
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as PushBody) : undefined
}

function fromXml(text: string): unknown {
  if (XMLValidator.validate(text) !== true) return undefined
  return (xml.parse(text) as { readonly xml?: unknown }).xml
}

function fromJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
