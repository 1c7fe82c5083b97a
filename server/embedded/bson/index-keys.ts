import { locationError, mongoError } from '../errors.ts'
import {
  compoundKey,
  type Direction,
  type KeyPart,
  MAX_KEY_BYTES,
  shortenKey,
  writeElementPart,
} from './key.ts'
import { beginKey, finishKey, invertSince, keyLength } from './key-writer.ts'
import { arrayIndex, followPath, followToElement } from './path.ts'
import { type RawValue, rawField, someElement } from './raw.ts'
import { TYPE } from './types.ts'

/** One field of an index. */
export interface IndexField {
  readonly path: string
  readonly direction: Direction
}

/** The keys under which an index holds one document. */
export interface IndexKeys {
  readonly keys: readonly Buffer[]
  /** An array was entered: the document may have several keys. */
  readonly multikey: boolean
  /** At least one of the fields exists (a sparse index leaves the others out). */
  readonly hasField: boolean
  /** At least one key was shortened: it no longer orders by value. */
  readonly truncated: boolean
}

/** How far one field of the index has got on its way through the document. */
interface Walk {
  readonly value: KeyPart
  /** How many segments of the path are behind. */
  readonly depth: number
  /** The value is what goes into the key. */
  readonly settled: boolean
}

/** What does not change from document to document. */
interface Shape {
  readonly paths: readonly (readonly string[])[]
  readonly directions: readonly Direction[]
}

/** What a document's fields lead to: the values of one key each. */
interface Found {
  readonly tuples: KeyPart[][]
  multikey: boolean
  /** The error for arrays in two independent fields. */
  readonly refuse: (one: string, other: string) => Error
}

const shapes = new WeakMap<readonly IndexField[], Shape>()

/** The keys of a document in an index on `fields`; throws code 171 for arrays in two independent fields. */
export function indexKeys(raw: Uint8Array, fields: readonly IndexField[]): IndexKeys {
  const shape = shapeOf(fields)
  return straightKeys(raw, shape) ?? walkedKeys(raw, fields, shape)
}

/** The key of a document in which no field leads to an array: the common case, written as the fields are found. */
function straightKeys(raw: Uint8Array, { paths, directions }: Shape): IndexKeys | undefined {
  beginKey()
  let hasField = false
  for (let i = 0; i < paths.length; i++) {
    const element = followToElement(raw, 0, paths[i]!)
    if (element >= 0) {
      if (raw[element] === TYPE.array) return undefined
      hasField = true
    }
    const from = keyLength()
    writeElementPart(raw, element)
    if (directions[i] === -1) invertSince(from)
  }
  const key = finishKey()
  return { keys: [shortenKey(key)], multikey: false, hasField, truncated: key.length > MAX_KEY_BYTES }
}

function walkedKeys(raw: Uint8Array, fields: readonly IndexField[], { directions }: Shape): IndexKeys {
  const { tuples, multikey } = tuplesOf(raw, fields, parallelInIndex)
  const long = tuples.map(tuple => compoundKey(tuple, directions))
  const keys = long.map(shortenKey)
  return {
    keys: multikey ? withoutRepeats(keys) : keys,
    multikey,
    hasField: tuples.some(tuple => tuple.some(part => part !== undefined)),
    truncated: long.some(key => key.length > MAX_KEY_BYTES),
  }
}

/** The values one of a document's keys is made of, by the index's fields; undefined where it is none of its keys. */
export function valuesOfKey(
  raw: Uint8Array,
  fields: readonly IndexField[],
  key: Buffer,
): KeyPart[] | undefined {
  const { directions } = shapeOf(fields)
  const { tuples } = tuplesOf(raw, fields, parallelInIndex)
  return tuples.find(tuple => shortenKey(compoundKey(tuple, directions)).equals(key))
}

/** The first of a document's keys, at full length: what a sort on `fields` orders it by. */
export function lowestKey(raw: Uint8Array, fields: readonly IndexField[]): Buffer {
  const { directions } = shapeOf(fields)
  const keys = tuplesOf(raw, fields, parallelInSort).tuples.map(tuple => compoundKey(tuple, directions))
  return keys.reduce((lowest, key) => (Buffer.compare(key, lowest) < 0 ? key : lowest))
}

function tuplesOf(raw: Uint8Array, fields: readonly IndexField[], refuse: Found['refuse']): Found {
  const { paths } = shapeOf(fields)
  const straight = straightTuple(raw, paths)
  if (straight) return { tuples: [straight], multikey: false, refuse }
  const root: RawValue = { type: TYPE.object, bytes: raw, start: 0, end: raw.length }
  const found: Found = { tuples: [], multikey: false, refuse }
  collect(
    paths.map(() => ({ value: root, depth: 0, settled: false })),
    paths,
    found,
  )
  return found
}

/** The values of a document in which no field leads to an array: the common case. */
function straightTuple(raw: Uint8Array, paths: Shape['paths']): KeyPart[] | undefined {
  const tuple: KeyPart[] = []
  for (const path of paths) {
    const value = followPath(raw, 0, path)
    if (value?.type === TYPE.array) return undefined
    tuple.push(value)
  }
  return tuple
}

function shapeOf(fields: readonly IndexField[]): Shape {
  let shape = shapes.get(fields)
  if (!shape) {
    shape = { paths: fields.map(field => field.path.split('.')), directions: fields.map(f => f.direction) }
    shapes.set(fields, shape)
  }
  return shape
}

function withoutRepeats(keys: Buffer[]): Buffer[] {
  return keys.sort(Buffer.compare).filter((key, i) => i === 0 || !key.equals(keys[i - 1]!))
}

/** Walks every field down to a value; an array on the way is entered by all fields that lead to it, together. */
function collect(walks: readonly Walk[], paths: Shape['paths'], found: Found): void {
  const ahead = walks.map((walk, i) => (walk.settled ? walk : descend(walk, paths[i]!)))
  const array = arrayToEnter(ahead, paths, found)
  if (!array) {
    found.tuples.push(ahead.map(walk => walk.value))
    return
  }
  found.multikey = true
  const enterWith = (element: RawValue | undefined): void => {
    const inside = ahead.map((walk, i) => (walk.settled ? walk : enter(walk, paths[i]!, element)))
    collect(inside, paths, found)
  }
  let isEmpty = true
  someElement(array.bytes, array.start, element => {
    isEmpty = false
    enterWith(element)
    return false
  })
  if (isEmpty) enterWith(undefined)
}

/** Follows a path until it ends or meets an array that has to be entered. */
function descend(walk: Walk, path: readonly string[]): Walk {
  let { value, depth } = walk
  for (; depth < path.length; depth++) {
    if (value === undefined || value === 'empty array') break
    if (value.type === TYPE.object) value = rawField(value.bytes, path[depth]!, value.start)
    else if (value.type === TYPE.array) {
      const element = elementAt(value, path[depth]!)
      if (!element) return { value, depth, settled: false }
      value = element
    } else value = undefined
  }
  return { value, depth, settled: !isArray(value) }
}

/** The element an index stands for; throws where a document in the array has a field of that name as well. */
function elementAt(array: RawValue, segment: string): RawValue | undefined {
  if (arrayIndex(segment) < 0) return undefined
  const isAmbiguous = someElement(
    array.bytes,
    array.start,
    ({ type, bytes, start }) => type === TYPE.object && rawField(bytes, segment, start) !== undefined,
  )
  if (isAmbiguous)
    throw locationError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${segment}'`,
    )
  return rawField(array.bytes, segment, array.start)
}

function enter(walk: Walk, path: readonly string[], element: RawValue | undefined): Walk {
  const { depth } = walk
  if (depth === path.length) return { value: element ?? 'empty array', depth, settled: true }
  if (element?.type === TYPE.object) return { value: element, depth, settled: false }
  return { value: undefined, depth, settled: true }
}

/** The array that the unsettled fields stand before; all must stand before the same one. */
function arrayToEnter(
  walks: readonly Walk[],
  paths: Shape['paths'],
  { refuse }: Found,
): RawValue | undefined {
  let array: RawValue | undefined
  let first = 0
  walks.forEach((walk, i) => {
    if (walk.settled || !isArray(walk.value)) return
    if (array && array.start !== walk.value.start) throw refuse(paths[i]!.at(-1)!, paths[first]!.at(-1)!)
    if (!array) first = i
    array = walk.value
  })
  return array
}

function parallelInIndex(one: string, other: string): Error {
  return mongoError('CannotIndexParallelArrays', `cannot index parallel arrays [${one}] [${other}]`)
}

function parallelInSort(one: string, other: string): Error {
  return mongoError('BadValue', `cannot sort with keys that are parallel arrays: [${one}] [${other}]`)
}

function isArray(value: KeyPart): value is RawValue {
  return typeof value === 'object' && value.type === TYPE.array
}
