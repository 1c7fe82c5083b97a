import { Long } from 'bson'
import { isDocument, isTruthy } from '../bson/document.ts'
import {
  documentBytes,
  documentValue,
  type Node,
  type OpenDocument,
  openArray,
  openChild,
  openDocument,
  removeChild,
  setChild,
} from '../bson/node.ts'
import { type RawValue, rawField } from '../bson/raw.ts'
import { rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import type { CompileStage } from './stage.ts'

interface Unwind {
  readonly path: readonly string[]
  readonly indexField: string | undefined
  readonly keepsEmpty: boolean
}

/** `$unwind`: one document per element of an array; a value that is no array counts as its only element. */
export const unwind: CompileStage = operand => {
  const spec = parse(operand)
  return function* (documents) {
    for (const raw of documents) yield* unwound(raw, spec)
  }
}

function* unwound(raw: Uint8Array, spec: Unwind): Iterable<Uint8Array> {
  const value = valueAt(raw, spec.path)
  if (value?.type === TYPE.array) {
    const { items } = openArray(value)
    for (const [index, item] of items.entries()) yield withValue(raw, spec, item, index)
    if (items.length === 0 && spec.keepsEmpty) yield withValue(raw, spec, undefined, undefined)
  } else if (value && value.type !== TYPE.null && value.type !== TYPE.undefined) {
    yield withValue(raw, spec, value, undefined)
  } else if (spec.keepsEmpty) {
    yield spec.indexField === undefined ? raw : withValue(raw, spec, value, undefined)
  }
}

/** Unlike a path in an expression, the path of `$unwind` does not go through arrays. */
function valueAt(raw: Uint8Array, path: readonly string[]): RawValue | undefined {
  let value: RawValue | undefined = documentValue(raw)
  for (const segment of path) {
    if (value?.type !== TYPE.object) return undefined
    value = rawField(value.bytes, segment, value.start)
  }
  return value
}

function withValue(
  raw: Uint8Array,
  { path, indexField }: Unwind,
  value: Node | undefined,
  index: number | undefined,
): Uint8Array {
  const root = openDocument(documentValue(raw))
  if (value) setChild(parentIn(root, path), path.at(-1)!, value)
  else if (valueAt(raw, path)) removeChild(parentIn(root, path), path.at(-1)!)
  if (indexField !== undefined) {
    const segments = indexField.split('.')
    const number = index === undefined ? null : Long.fromNumber(index)
    setChild(parentIn(root, segments), segments.at(-1)!, rawOf(number))
  }
  return documentBytes(root)
}

function parentIn(root: OpenDocument, path: readonly string[]): OpenDocument {
  let parent = root
  for (const segment of path.slice(0, -1)) {
    const child = openChild(parent, segment)
    if ('items' in child) throw locationError(28818, `cannot set a field inside an array: ${path.join('.')}`)
    parent = child
  }
  return parent
}

function parse(operand: unknown): Unwind {
  const options = isDocument(operand) ? operand : { path: operand }
  const { path, includeArrayIndex, preserveNullAndEmptyArrays, ...unknown } = options
  const [other] = Object.keys(unknown)
  if (other) throw locationError(28811, `unrecognized option to $unwind stage: ${other}`)
  if (typeof path !== 'string') throw locationError(28812, 'no path specified to $unwind stage')
  if (!path.startsWith('$') || path.length < 2)
    throw locationError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || /^$|^\$/.test(includeArrayIndex))
  )
    throw locationError(
      28810,
      `expected a non-empty string for the includeArrayIndex option to $unwind stage`,
    )
  return {
    path: path.slice(1).split('.'),
    indexField: includeArrayIndex,
    keepsEmpty: isTruthy(preserveNullAndEmptyArrays),
  }
}
