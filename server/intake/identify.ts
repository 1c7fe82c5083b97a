import { hash } from 'node:crypto'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import { laneOf } from '../store/lanes.ts'
import type { FieldProblem } from '../world/world.ts'

const MAX_DEPTH = 64
const MAX_BODY_BYTES = 1024 * 1024
const MAX_ORDER_ID = 120
/** 72 bits tell the versions of one order apart. */
const VERSION_CHARS = 12

/** What an order document says of itself, read by the paths its connection names. */
export interface Identity {
  /** `<connection>:<platform order id>#<hash of the version>` */
  readonly event: string
  /** `<connection>:<platform order id>` */
  readonly order: string
  readonly lane: number
  readonly body: string
}

export type Identified = { readonly identity: Identity } | { readonly problems: readonly FieldProblem[] }

const problem = (field: string, code: string, message: string, messageEn: string): Identified => ({
  problems: [{ field, code, message, messageEn }],
})

/**
 * Tells which order a source document is and which version of it. The event id is derived from what it is
 * (connection, order id, version), so a repeated push or poll is the same event.
 * @param how.isMended a person changed the document: its version is the whole text
 * @param how.text the document's own text, kept as it is
 */
export function identify(
  connection: Pick<ConnectionDoc, '_id' | 'identity'>,
  document: unknown,
  how: { readonly isMended?: boolean; readonly text?: string } = {},
): Identified {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return problem('', 'NOT_AN_OBJECT', '订单必须是一个 JSON 对象', 'An order must be a JSON object')
  if (isDeeperThan(document, MAX_DEPTH))
    return problem('', 'TOO_DEEP', `嵌套超过 ${MAX_DEPTH} 层`, `Nested deeper than ${MAX_DEPTH} levels`)
  const body = how.text ?? JSON.stringify(document)
  if (Buffer.byteLength(body) > MAX_BODY_BYTES)
    return problem('', 'TOO_LARGE', '单个订单超过 1 MB', 'One order is larger than 1 MB')
  const { identity } = connection
  const orderId = firstText(document, identity.orderId)
  const field = identity.orderId.join(' | ')
  if (orderId === undefined)
    return problem(field, 'NO_ORDER_ID', `缺少订单号(${field})`, `The order id (${field}) is missing`)
  if (orderId.length > MAX_ORDER_ID)
    return problem(
      field,
      'ORDER_ID_TOO_LONG',
      `订单号超过 ${MAX_ORDER_ID} 个字符`,
      `The order id is longer than ${MAX_ORDER_ID}`,
    )
  const order = `${connection._id}:${orderId}`
  const said = !how.isMended && identity.version && firstText(document, identity.version)
  // Not the text as it came: spaces make no other version.
  const version = said || JSON.stringify(document)
  const buyer = buyerOf(connection, document)
  return {
    identity: {
      // Begins with the order id: ids of orders that come together stand together in the store.
      event: `${order}#${hash('sha1', version, 'base64url').slice(0, VERSION_CHARS)}`,
      order,
      lane: laneOf(buyer === undefined ? order : buyerKey(buyer)),
      body,
    },
  }
}

/** What tells the buyer of a document: the first of the connection's paths that says something. */
export function buyerOf(
  { identity }: Pick<ConnectionDoc, 'identity'>,
  document: unknown,
): string | undefined {
  const isObject = typeof document === 'object' && document !== null
  return identity.buyer && isObject ? firstText(document, identity.buyer) : undefined
}

/** One buyer under every spelling of the phone: `+86 138-0000-0000` and `13800000000` share a lane. */
function buyerKey(buyer: string): string {
  const digits = buyer.normalize('NFKC').replace(/[\s()+-]/g, '')
  return digits.length > 11 && digits.startsWith('86') ? digits.slice(2) : digits
}

function firstText(document: object, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    let value: unknown = document
    for (const part of path.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
        value = undefined
        break
      }
      value = (value as Record<string, unknown>)[part]
    }
    if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== ''))
      return String(value).trim()
  }
  return undefined
}

// Iterative: a hostile document must not overflow the stack.
function isDeeperThan(root: object, limit: number): boolean {
  let level: object[] = [root]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true
    const below: object[] = []
    for (const each of level)
      for (const value of Array.isArray(each) ? each : Object.values(each))
        if (typeof value === 'object' && value !== null) below.push(value)
    level = below
  }
  return false
}
