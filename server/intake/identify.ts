import { hash } from 'node:crypto'
import type { ConnectionDoc, ConnectionIdentity } from '../store/connection-doc.ts'
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

/** What is known of documents beside what they say. */
export interface Reading {
  /** A person changed them: the version of each is its whole text. */
  readonly isMended?: boolean
  /** Their own JSON texts, where nothing was changed in parsing them: they are kept as they came. */
  readonly texts?: readonly string[]
  /** How deep they nest at most; each is looked through where it is not known. */
  readonly depth?: number
}

/**
 * Tells which order a source document is and which version of it. The event id is derived from what it is
 * (connection, order id, version), so a repeated push or poll is the same event.
 * @param index which of the documents of `how` it is; without it, it has no text of its own
 */
export function identify(
  connection: Pick<ConnectionDoc, '_id' | 'identity'>,
  document: unknown,
  how: Reading = {},
  index?: number,
): Identified {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return problem('', 'NOT_AN_OBJECT', '订单必须是一个 JSON 对象', 'An order must be a JSON object')
  if ((how.depth ?? MAX_DEPTH + 1) > MAX_DEPTH && isDeeperThan(document, MAX_DEPTH))
    return problem('', 'TOO_DEEP', `嵌套超过 ${MAX_DEPTH} 层`, `Nested deeper than ${MAX_DEPTH} levels`)
  const text = index === undefined ? undefined : how.texts?.[index]
  const body = text ?? JSON.stringify(document)
  if (isLargerThan(body, MAX_BODY_BYTES))
    return problem('', 'TOO_LARGE', '单个订单超过 1 MB', 'One order is larger than 1 MB')
  const { identity } = connection
  const paths = pathsOf(identity)
  const orderId = firstText(document, paths.orderId)
  if (orderId === undefined) {
    const field = identity.orderId.join(' | ')
    return problem(field, 'NO_ORDER_ID', `缺少订单号(${field})`, `The order id (${field}) is missing`)
  }
  if (orderId.length > MAX_ORDER_ID)
    return problem(
      identity.orderId.join(' | '),
      'ORDER_ID_TOO_LONG',
      `订单号超过 ${MAX_ORDER_ID} 个字符`,
      `The order id is longer than ${MAX_ORDER_ID}`,
    )
  const order = `${connection._id}:${orderId}`
  const said = how.isMended ? undefined : firstText(document, paths.version)
  // Not the text as it came: spaces make no other version.
  const version = said ?? (text === undefined ? body : JSON.stringify(document))
  const buyer = firstText(document, paths.buyer)
  return {
    identity: {
      // Begins with the order id: ids of orders that come together stand together in the store.
      event: `${order}#${versionHash(version)}`,
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
  return isObject ? firstText(document, pathsOf(identity).buyer) : undefined
}

const DIGITS_ALONE = /^\d{1,11}$/

/** One buyer under every spelling of the phone: `+86 138-0000-0000` and `13800000000` share a lane. */
function buyerKey(buyer: string): string {
  if (DIGITS_ALONE.test(buyer)) return buyer
  const digits = buyer.normalize('NFKC').replace(/[\s()+-]/g, '')
  return digits.length > 11 && digits.startsWith('86') ? digits.slice(2) : digits
}

// Orders that come together were often changed in the same second, or bear the same status.
const MAX_KEPT_HASHES = 1_000
const MAX_KEPT_LENGTH = 40
const keptHashes = new Map<string, string>()

function versionHash(version: string): string {
  const kept = keptHashes.get(version)
  if (kept !== undefined) return kept
  const made = hash('sha1', version, 'base64url').slice(0, VERSION_CHARS)
  if (version.length <= MAX_KEPT_LENGTH) {
    if (keptHashes.size >= MAX_KEPT_HASHES) keptHashes.clear()
    keptHashes.set(version, made)
  }
  return made
}

type Path = readonly string[]

interface Paths {
  readonly orderId: readonly Path[]
  readonly version: readonly Path[]
  readonly buyer: readonly Path[]
}

const split = (paths: readonly string[] = []): Path[] => paths.map(path => path.split('.'))
const splitPaths = new WeakMap<ConnectionIdentity, Paths>()

/** The paths of a connection in parts, parted once. */
function pathsOf(identity: ConnectionIdentity): Paths {
  let paths = splitPaths.get(identity)
  if (!paths) {
    const { orderId, version, buyer } = identity
    paths = { orderId: split(orderId), version: split(version), buyer: split(buyer) }
    splitPaths.set(identity, paths)
  }
  return paths
}

function firstText(document: object, paths: readonly Path[]): string | undefined {
  for (const path of paths) {
    const value = valueAt(document, path)
    if (typeof value === 'number') return String(value)
    const text = typeof value === 'string' ? value.trim() : ''
    if (text !== '') return text
  }
  return undefined
}

function valueAt(document: object, path: Path): unknown {
  let value: unknown = document
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

// A character is three bytes at most: few texts have to be measured.
const isLargerThan = (text: string, bytes: number) =>
  text.length > bytes / 3 && Buffer.byteLength(text) > bytes

// Calls itself as often as the limit says and no more: a hostile document must not overflow the stack.
function isDeeperThan(root: object, limit: number): boolean {
  if (limit === 0) return true
  for (const value of Array.isArray(root) ? root : Object.values(root))
    if (typeof value === 'object' && value !== null && isDeeperThan(value, limit - 1)) return true
  return false
}
