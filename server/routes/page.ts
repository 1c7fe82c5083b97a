import type { Model, QueryFilter } from 'mongoose'
import { errors } from '../errors.ts'

const MAX_LIMIT = 200
const DEFAULT_LIMIT = 50

export interface PageRequest {
  readonly cursor?: string
  readonly limit?: number
  /** The index to go by, where the store should not choose. */
  readonly hint?: Readonly<Record<string, 1 | -1>>
}

export interface Page<T> {
  items: T[]
  next?: string
}

const limitOf = (request: PageRequest) => Math.min(request.limit ?? DEFAULT_LIMIT, MAX_LIMIT)

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** @throws errors.CursorInvalid for anything this server did not hand out */
function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new errors.CursorInvalid()
  }
}

/**
 * Newest first by an indexed instant. Documents of one batch share their instant, so the cursor also says
 * how many of that instant were given already.
 */
export async function pageByTime<T>(
  model: Model<T>,
  filter: QueryFilter<T>,
  field: keyof T & string,
  request: PageRequest,
): Promise<Page<T>> {
  const after = request.cursor === undefined ? undefined : timeCursor(decode(request.cursor))
  const limit = limitOf(request)
  const bounded = after ? { $and: [filter, { [field]: { $lte: new Date(after.at) } }] } : filter
  const asked = model.find(bounded as QueryFilter<T>)
  const found = (await (request.hint ? asked.hint({ ...request.hint }) : asked)
    .sort({ [field]: -1 })
    .skip(after?.given ?? 0)
    .limit(limit + 1)
    .lean()) as T[]
  const items = found.slice(0, limit)
  if (found.length <= limit) return { items }
  return { items, next: cursorAfter(items, field, request.cursor) }
}

/** @param before the cursor these documents were asked for with */
function cursorAfter<T>(given: readonly T[], field: keyof T, before: string | undefined): string {
  const after = before === undefined ? undefined : timeCursor(decode(before))
  const at = instantOf(given.at(-1)!, field)
  const count = given.filter(each => instantOf(each, field) === at).length
  return encode({ at, given: after?.at === at ? after.given + count : count })
}

/** Documents looked at for one page before it is given as it is, with a cursor to go on from. */
const MOST_LOOKED_AT = 10_000

/**
 * Newest first like `pageByTime`, of documents that no index finds: those `keep` picks from the portions it is
 * shown. A page may hold fewer than asked for, even none, and still have a next one.
 */
export async function pickedByTime<T>(
  model: Model<T>,
  filter: QueryFilter<T>,
  field: keyof T & string,
  request: PageRequest,
  keep: (documents: readonly T[]) => Promise<ReadonlySet<T>> | ReadonlySet<T>,
): Promise<Page<T>> {
  const limit = limitOf(request)
  const items: T[] = []
  let cursor = request.cursor
  // What many documents are is found in a small portion; for what few are, portions grow.
  let portionSize = limit
  for (let seen = 0; seen < MOST_LOOKED_AT; seen += portionSize) {
    if (seen > 0) portionSize = MAX_LIMIT
    const portion = await pageByTime(model, filter, field, { cursor, limit: portionSize, hint: request.hint })
    const kept = await keep(portion.items)
    for (const [index, item] of portion.items.entries()) {
      if (!kept.has(item)) continue
      items.push(item)
      const isLast = index === portion.items.length - 1 && portion.next === undefined
      if (items.length === limit)
        return isLast
          ? { items }
          : { items, next: cursorAfter(portion.items.slice(0, index + 1), field, cursor) }
    }
    if (portion.next === undefined) return { items }
    cursor = portion.next
  }
  return { items, next: cursor! }
}

/** In the order of ids; for lists that have no time. */
export async function pageById<T extends { _id: string }>(
  model: Model<T>,
  filter: QueryFilter<T>,
  request: PageRequest,
): Promise<Page<T>> {
  const after = request.cursor === undefined ? undefined : decode(request.cursor)
  if (after !== undefined && typeof after !== 'string') throw new errors.CursorInvalid()
  const limit = limitOf(request)
  const bounded = after === undefined ? filter : { $and: [filter, { _id: { $gt: after } }] }
  const found = (await model
    .find(bounded as QueryFilter<T>)
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean()) as T[]
  const items = found.slice(0, limit)
  return found.length > limit ? { items, next: encode(items.at(-1)!._id) } : { items }
}

function instantOf<T>(document: T, field: keyof T): number {
  const value = document[field]
  return value instanceof Date ? value.getTime() : 0
}

function timeCursor(value: unknown): { at: number; given: number } {
  const { at, given } = (value ?? {}) as Partial<Record<string, unknown>>
  const ok = Number.isSafeInteger(at) && Math.abs(at as number) < 8.64e15 && Number.isSafeInteger(given)
  if (!ok || (given as number) < 0 || (given as number) > 10_000_000) throw new errors.CursorInvalid()
  return { at: at as number, given: given as number }
}
