import type { Document } from 'bson'
import { mongoError } from '../errors.ts'
import { type Bounds, boundsOf } from '../query/bounds.ts'
import type { Access } from './access.ts'
import type { Collection } from './catalog.ts'
import { covers } from './index-cover.ts'
import { orderFrom, type Sort } from './index-order.ts'
import { type IndexRanges, rangesOf } from './index-ranges.ts'
import { fieldsOf, type Index } from './index-spec.ts'

export interface Plan {
  access: Access
  /** The candidates come in the order asked for. */
  ordered: boolean
}

export interface Question {
  filter: Document
  sort?: Document
  /** The name or the key of the index to use, or `{ $natural: 1 | -1 }`. */
  hint?: string | Document
}

/** More ranges than this are not merged into one order. */
const MAX_MERGED = 256

/** Chooses how to find the documents a question may match. Throws MongoError for a hint that names no index. */
export function planFor(collection: Collection, { filter, sort = {}, hint }: Question): Plan {
  const order = sortOf(sort)
  const natural = naturalOrder(hint) ?? naturalOrder(sort)
  if (natural)
    return {
      access: { kind: 'scan', reverse: natural < 0 },
      ordered: '$natural' in sort || order.length === 0,
    }
  const bounds = boundsOf(filter)
  if (hint !== undefined) return hintedPlan(collection, filter, bounds, order, hint)
  return bestPlan(collection, filter, bounds, order) ?? { access: SCAN, ordered: order.length === 0 }
}

const SCAN: Access = { kind: 'scan', reverse: false }

/** A plan with what speaks for it: more is better. */
interface Rated extends Plan {
  rating: number
}

function bestPlan(collection: Collection, filter: Document, bounds: Bounds, order: Sort): Plan | undefined {
  let best: Rated | undefined
  if (order.length > 0 || bounds.paths.has('_id')) {
    const ids = rangesOf(ID_INDEX, bounds)
    if (ids.points > 0) return planById(ids, order)
    best = ratedById(ids, order)
  }
  for (const index of collection.indexes) {
    if (!index.ready || !mayServe(index, bounds, order) || !covers(index, filter, bounds)) continue
    const rated = ratedByIndex(index, bounds, order)
    if (rated && rated.rating > (best?.rating ?? 0)) best = rated
  }
  if (bounds.branches && (best?.rating ?? 0) < RATING.point)
    return unionPlan(collection, bounds.branches, order) ?? best
  return best
}

/** Whether an index can have any rating at all: asked first, as it spares most indexes all else. */
function mayServe(index: Index, { paths }: Bounds, order: Sort): boolean {
  return order.length > 0 || index.partial !== undefined || paths.has(index.fields[0]!.path)
}

/** A value for the field counts more than a range, and an order more than a range, since it spares the sort. */
const RATING = { unique: 100, point: 10, ordered: 5, range: 4, orderOnly: 1 }

/** The collection's own table, seen as an index. */
const ID_INDEX = { fields: [{ path: '_id', direction: 1 as const }], multikey: false }

function planById(found: IndexRanges, order: Sort): Plan {
  const { ordered, reverse } = orderFrom(ID_INDEX.fields, found, order)
  const { ranges } = found
  const access: Access =
    found.points > 0
      ? { kind: 'ids', keys: ranges.map(range => range.lower), reverse }
      : { kind: 'idRange', ranges, reverse }
  return { access, ordered }
}

function ratedById(found: IndexRanges, order: Sort): Rated | undefined {
  const plan = planById(found, order)
  const sorts = plan.ordered && order.length > 0
  if (found.bounded) return { ...plan, rating: RATING.range + (sorts ? RATING.ordered : 0) }
  return sorts ? { ...plan, rating: RATING.orderOnly } : undefined
}

function ratedByIndex(index: Index, bounds: Bounds, order: Sort): Rated | undefined {
  const found = rangesOf(index, bounds)
  const keepsOrder = !index.multikey && !index.truncated
  const { ordered, reverse, merges } = keepsOrder
    ? orderFrom(index.fields, found, order)
    : { ordered: order.length === 0, reverse: false, merges: false }
  const isMerge = merges && found.ranges.length > 1
  const inOrder = ordered && !(isMerge && found.ranges.length > MAX_MERGED)
  const rating = ratingOf(index, found, inOrder, order)
  if (rating === 0) return undefined
  return { access: accessTo(index, found, inOrder && reverse, inOrder && isMerge), ordered: inOrder, rating }
}

function ratingOf(index: Index, found: IndexRanges, ordered: boolean, order: Sort): number {
  const sorts = ordered && order.length > 0
  if (found.points === 0 && !found.bounded) return sorts || index.partial ? RATING.orderOnly : 0
  const isExact = index.unique && found.points === index.fields.length
  return (
    found.points * RATING.point +
    (found.bounded ? RATING.range : 0) +
    (sorts ? RATING.ordered : 0) +
    (isExact ? RATING.unique : 0)
  )
}

function accessTo(index: Index, found: IndexRanges, reverse: boolean, merge: boolean): Access {
  const { ranges, prefixLengths } = found
  return merge
    ? { kind: 'merge', index, ranges, prefixLengths, reverse }
    : { kind: 'index', index, ranges, reverse }
}

/** Every branch of an `$or` must have an index of its own, else the whole collection is read anyway. */
function unionPlan(collection: Collection, branches: Bounds[], order: Sort): Plan | undefined {
  const parts: Access[] = []
  for (const bounds of branches) {
    const part = bestPlan(collection, {}, bounds, [])
    if (!part) return undefined
    parts.push(part.access)
  }
  return { access: { kind: 'union', branches: parts }, ordered: order.length === 0 }
}

function hintedPlan(
  collection: Collection,
  filter: Document,
  bounds: Bounds,
  order: Sort,
  hint: string | Document,
): Plan {
  if (isIdHint(hint)) return planById(rangesOf(ID_INDEX, bounds), order)
  const index = collection.indexes.find(candidate => candidate.ready && isNamedBy(candidate, hint))
  if (!index)
    throw mongoError(
      'BadValue',
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    )
  if (covers(index, filter, bounds)) {
    const rated = ratedByIndex(index, bounds, order)
    if (rated) return rated
  }
  const whole = rangesOf(index, { paths: new Map() })
  return { access: accessTo(index, whole, false, false), ordered: order.length === 0 }
}

function isIdHint(hint: string | Document): boolean {
  return typeof hint === 'string' ? hint === '_id_' : Object.keys(hint).join() === '_id'
}

function isNamedBy(index: Index, hint: string | Document): boolean {
  if (typeof hint === 'string') return index.name === hint
  const wanted = fieldsOf(hint)
  return (
    wanted.length === index.fields.length &&
    wanted.every(({ path, direction }, i) => {
      const field = index.fields[i]!
      return field.path === path && field.direction === direction
    })
  )
}

function naturalOrder(spec: unknown): number | undefined {
  const natural = Object(spec).$natural
  return natural === undefined ? undefined : Number(natural)
}

function sortOf(sort: Document): Sort {
  return Object.entries(sort).map(([path, direction]) => ({
    path,
    direction: Number(direction) < 0 ? -1 : 1,
  }))
}
