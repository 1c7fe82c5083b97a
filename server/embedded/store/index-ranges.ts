import type { IndexField } from '../bson/index-keys.ts'
import { encodeValue, KEPT_KEY_BYTES, shortenKey } from '../bson/key.ts'
import type { Bound, Bounds } from '../query/bounds.ts'
import type { EntryRange } from './entry-stream.ts'
import type { Index } from './index-spec.ts'

/** More combinations of several `$in` lists than this are not spelt out as ranges of their own. */
const MAX_POINTS = 2000

/** Which parts of an index a filter leads to. */
export interface IndexRanges {
  /** In ascending order, without overlaps; together they hold every match. */
  ranges: (EntryRange & { lower: Buffer; upper: Buffer })[]
  /** How many leading fields are held to single values, by equality or `$in`. */
  points: number
  /** Of these, the fields held to exactly one value: they play no part in the order of the result. */
  constants: Set<string>
  /** The field behind the points is bounded as well. */
  bounded: boolean
  /** Length of the part of the keys that the points fill, per range. */
  prefixLengths: number[]
}

/** The ranges of an index (or of the `_id` table) that a filter's bounds lead to. */
export function rangesOf(
  index: Pick<Index, 'fields' | 'multikey'> & Partial<Pick<Index, 'unique'>>,
  bounds: Bounds,
): IndexRanges {
  const constants = new Set<string>()
  let prefixes: Buffer[] = [Buffer.alloc(0)]
  let points = 0
  for (const field of index.fields) {
    const keys = pointsAt(index, points, bounds)
    if (!keys || (prefixes.length > 1 && prefixes.length * keys.length > MAX_POINTS)) break
    if (keys.length === 1) constants.add(field.path)
    prefixes = points === 0 ? keys : prefixes.flatMap(prefix => keys.map(key => Buffer.concat([prefix, key])))
    points++
  }
  const interval = intervalAt(index, points, bounds)
  const isWhole = index.unique === true && points === index.fields.length
  const ranges = prefixes.map(prefix =>
    interval
      ? clipped(Buffer.concat([prefix, interval.lower]), Buffer.concat([prefix, interval.upper]))
      : { ...clipped(prefix, successor(prefix)), ...(isWhole && { single: shortenKey(prefix) }) },
  )
  const prefixLengths = prefixes.map(prefix => prefix.length)
  return { ranges, points, constants, bounded: interval !== undefined, prefixLengths }
}

/** The least key above all keys that begin with `prefix`. */
export function successor(prefix: Buffer): Buffer {
  let length = prefix.length
  while (length > 0 && prefix[length - 1] === 0xff) length--
  if (length === 0) return Buffer.of(0xff)
  const next = Buffer.from(prefix.subarray(0, length))
  next[length - 1]!++
  return next
}

function pointsAt(
  index: Pick<Index, 'fields' | 'multikey'>,
  at: number,
  bounds: Bounds,
): Buffer[] | undefined {
  const field = index.fields[at]!
  const equals = usableBound(index, at, bounds)?.equals
  if (!equals || equals.some(Array.isArray)) return undefined
  const keys = equals.map(value => encodeValue(value, field.direction))
  if (keys.length === 1) return keys
  keys.sort(Buffer.compare)
  return keys.filter((key, i) => i === 0 || !key.equals(keys[i - 1]!))
}

/**
 * Different elements of an array may satisfy different parts of a filter. So on a multikey index only one end of
 * a range is used, and nothing of a field that may lie in the same array as one before it.
 */
function usableBound(
  { fields, multikey }: Pick<Index, 'fields' | 'multikey'>,
  at: number,
  { paths }: Bounds,
): Bound | undefined {
  const bound = paths.get(fields[at]!.path)
  if (!bound || !multikey) return bound
  const root = rootOf(fields[at]!)
  if (fields.slice(0, at).some(field => rootOf(field) === root)) return undefined
  if (bound.equals) return { equals: bound.equals }
  return bound.lower ? { lower: bound.lower } : { upper: bound.upper }
}

function rootOf({ path }: IndexField): string {
  return path.split('.', 1)[0]!
}

/** The part of a field's keys between a bound's ends; the first byte of a key is its type's class. */
function intervalAt(
  index: Pick<Index, 'fields' | 'multikey'>,
  at: number,
  bounds: Bounds,
): { lower: Buffer; upper: Buffer } | undefined {
  const field = index.fields[at]
  const bound = field && usableBound(index, at, bounds)
  const known = bound?.lower ?? bound?.upper
  if (!field || !bound || !known || Array.isArray(known.value)) return undefined
  const kind = encodeValue(known.value, field.direction).subarray(0, 1)
  const [first, last] = field.direction === 1 ? [bound.lower, bound.upper] : [bound.upper, bound.lower]
  const from = first && encodeValue(first.value, field.direction)
  const to = last && encodeValue(last.value, field.direction)
  return {
    lower: from ? (first.inclusive ? from : successor(from)) : kind,
    upper: to ? (last.inclusive ? successor(to) : to) : successor(kind),
  }
}

/** Keys are stored shortened past a length: a longer end of a range is moved outward to where that shows. */
function clipped(lower: Buffer, upper: Buffer): { lower: Buffer; upper: Buffer } {
  return {
    lower: lower.length > KEPT_KEY_BYTES ? lower.subarray(0, KEPT_KEY_BYTES) : lower,
    upper: upper.length > KEPT_KEY_BYTES ? successor(upper.subarray(0, KEPT_KEY_BYTES)) : upper,
  }
}
