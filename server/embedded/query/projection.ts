import type { Document } from 'bson'
import { computeFields } from '../agg/compute-fields.ts'
import { evaluateVariables } from '../agg/expression.ts'
import {
  type ByteWriter,
  beginDocument,
  byteWriter,
  endDocument,
  writeBytes,
  writeElement,
  writeElementHead,
  written,
} from '../bson/byte-writer.ts'
import {
  childOf,
  closeNode,
  documentBytes,
  documentValue,
  openArray,
  openChild,
  openDocument,
  setChild,
} from '../bson/node.ts'
import { endOfName, endOfValue, type RawValue, readName } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { type ProjectionTree, parseProjection, type Rule } from './projection-spec.ts'

/** What a projection needs from the command around it. */
interface ProjectionOptions {
  /** Index of the matched array element of a document, for the positional `$`. */
  positionOf?: (raw: Uint8Array) => number | undefined
  /** Variables for computed fields. */
  let?: Document
}

/** Compiles a projection of find and findAndModify; throws MongoError for what MongoDB refuses. */
export function compileProjection(
  spec: Document,
  options: ProjectionOptions = {},
): (raw: Uint8Array) => Uint8Array {
  if (Object.keys(spec).length === 0) return raw => raw
  const { tree, positional, computed } = parseProjection(spec)
  const compute = computed.length > 0 ? computeFields(computed, evaluateVariables(options.let)) : undefined
  return raw => {
    const matched = positional === undefined ? raw : keepMatched(raw, positional, options.positionOf?.(raw))
    const result = projectDocument(matched, tree)
    return compute ? compute(result, { raw }) : result
  }
}

/** The document with the rules applied; everything kept is copied as bytes. */
export function projectDocument(raw: Uint8Array, tree: ProjectionTree): Buffer {
  const writer = byteWriter(raw.length)
  writeProjected(writer, documentValue(raw), tree)
  return written(writer)
}

function writeProjected(writer: ByteWriter, { bytes, start: from }: RawValue, tree: ProjectionTree): void {
  const start = beginDocument(writer)
  let at = from + 4
  for (let type = bytes[at]!; type !== 0; type = bytes[at]!) {
    const nameEnd = endOfName(bytes, at + 1)
    const end = endOfValue(bytes, type, nameEnd + 1)
    const name = readName(bytes, at + 1, nameEnd)
    const rule = tree.rules.get(name) ?? tree.others
    if (rule === 'keep') writeBytes(writer, bytes, at, end)
    else if (rule !== 'drop') writeByRule(writer, name, { type, bytes, start: nameEnd + 1, end }, rule)
    at = end
  }
  endDocument(writer, start)
}

function writeByRule(
  writer: ByteWriter,
  name: string,
  value: RawValue,
  rule: Exclude<Rule, 'keep' | 'drop'>,
): void {
  if (typeof rule === 'function') {
    const changed = rule(value)
    if (changed) writeElement(writer, name, changed)
  } else if (value.type === TYPE.object) {
    writeElementHead(writer, value.type, name)
    writeProjected(writer, value, rule)
  } else if (value.type === TYPE.array) {
    writeElementHead(writer, value.type, name)
    writeProjectedArray(writer, value, rule)
  } else if (rule.others === 'keep') {
    writeElement(writer, name, value)
  }
}

/** Documents among the elements are projected each; other elements stay only where others are kept. */
function writeProjectedArray(writer: ByteWriter, array: RawValue, tree: ProjectionTree): void {
  const start = beginDocument(writer)
  let index = 0
  for (const item of openArray(array).items) {
    const before = writer.length
    writeByRule(writer, String(index), closeNode(item), tree)
    if (writer.length > before) index++
  }
  endDocument(writer, start)
}

/** Reduces the first array on the path to the element the filter matched. */
function keepMatched(raw: Uint8Array, path: string, position: number | undefined): Uint8Array {
  if (position === undefined)
    throw locationError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    )
  const root = openDocument(documentValue(raw))
  let parent = root
  for (const segment of path.split('.')) {
    const child = childOf(parent, segment)
    if (child?.type === TYPE.array) {
      const matched = openArray(closeNode(child)).items[position]
      setChild(parent, segment, { type: TYPE.array, items: matched ? [matched] : [] })
      return documentBytes(root)
    }
    if (child?.type !== TYPE.object) return raw
    const opened = openChild(parent, segment)
    if ('items' in opened) return raw
    parent = opened
  }
  return raw
}
