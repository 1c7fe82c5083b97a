import {
  type ByteWriter,
  beginDocument,
  byteWriter,
  endDocument,
  writeBytes,
  writeElement,
  writeElementHead,
  written,
} from './byte-writer.ts'
import { arrayIndex } from './path.ts'
import { endOfName, endOfValue, type RawValue, rawField, readName, someElement } from './raw.ts'
import { TYPE } from './types.ts'

/**
 * A value while it is being changed: raw BSON as it was stored, or a document or array that has been opened.
 * What nobody touches is copied as bytes.
 */
export type Node = RawValue | OpenDocument | OpenArray

/** A document with fields over its stored bytes; new fields come last, in the order they were set. */
export interface OpenDocument {
  readonly type: typeof TYPE.object
  readonly source: RawValue | undefined
  /** The fields that were looked at or set. */
  readonly fields: Map<string, Field>
}

/** An array of nodes. */
export interface OpenArray {
  readonly type: typeof TYPE.array
  readonly items: Node[]
}

/** A field's stored value and its present one; undefined where it is missing. */
interface Field {
  readonly name: string
  readonly stored: RawValue | undefined
  node: Node | undefined
}

const NULL: RawValue = { type: TYPE.null, bytes: new Uint8Array(0), start: 0, end: 0 }

/** Opens a stored document. */
export function openDocument(source?: RawValue): OpenDocument {
  return { type: TYPE.object, source, fields: new Map() }
}

/** Opens a stored array. */
export function openArray(source?: RawValue): OpenArray {
  const items: Node[] = []
  if (source)
    someElement(source.bytes, source.start, element => {
      items.push(element)
      return false
    })
  return { type: TYPE.array, items }
}

/** A whole document as a raw value. */
export function documentValue(raw: Uint8Array): RawValue {
  return { type: TYPE.object, bytes: raw, start: 0, end: raw.length }
}

/** The fields of a stored document. */
export function documentFields({ bytes, start: from }: RawValue): [name: string, value: RawValue][] {
  const fields: [string, RawValue][] = []
  let at = from + 4
  for (let type = bytes[at]!; type !== 0; type = bytes[at]!) {
    const nameEnd = endOfName(bytes, at + 1)
    const end = endOfValue(bytes, type, nameEnd + 1)
    fields.push([readName(bytes, at + 1, nameEnd), { type, bytes, start: nameEnd + 1, end }])
    at = end
  }
  return fields
}

/** The child of a document by name or of an array by index; undefined where there is none. */
export function childOf(parent: Node, segment: string): Node | undefined {
  if ('fields' in parent) return fieldOf(parent, segment).node
  if ('items' in parent) return parent.items[arrayIndex(segment)]
  if (parent.type === TYPE.object || (parent.type === TYPE.array && arrayIndex(segment) >= 0))
    return rawField(parent.bytes, segment, parent.start)
  return undefined
}

/** Sets a child of an opened parent; an array is filled up with nulls to reach the index. */
export function setChild(parent: OpenDocument | OpenArray, segment: string, node: Node): void {
  if ('fields' in parent) fieldOf(parent, segment).node = node
  else {
    const index = arrayIndex(segment)
    while (parent.items.length < index) parent.items.push(NULL)
    parent.items[index] = node
  }
}

/** Removes a child; an array element becomes null, so that the others keep their places. */
export function removeChild(parent: OpenDocument | OpenArray, segment: string): void {
  if ('items' in parent) parent.items[arrayIndex(segment)] = NULL
  else fieldOf(parent, segment).node = undefined
}

/** The child, opened for change. */
export function openChild(parent: OpenDocument | OpenArray, segment: string): OpenDocument | OpenArray {
  const child = childOf(parent, segment)
  if (child && !('bytes' in child)) return child
  const opened = child?.type === TYPE.array ? openArray(child) : openDocument(child)
  setChild(parent, segment, opened)
  return opened
}

/** The node as raw BSON. */
export function closeNode(node: Node): RawValue {
  if ('bytes' in node) return node
  const writer = byteWriter(256)
  writeBody(writer, node)
  return { type: node.type, bytes: written(writer), start: 0, end: writer.length }
}

/** The bytes of a document whose only field is this node. */
export function wrapped(name: string, node: Node): Buffer {
  const document = openDocument()
  setChild(document, name, node)
  return documentBytes(document)
}

/** The bytes of a changed document. */
export function documentBytes(document: OpenDocument): Buffer {
  const writer = byteWriter(expectedBytes(document))
  writeBody(writer, document)
  return written(writer)
}

/** About how long a changed document will be. */
function expectedBytes({ source, fields }: OpenDocument): number {
  let bytes = 64 + (source ? source.end - source.start : 0)
  for (const { name, stored, node } of fields.values()) {
    if (!node || node === stored) continue
    const value = 'bytes' in node ? node.end - node.start : 256
    bytes += Math.max(0, value - (stored ? stored.end - stored.start : 0)) + name.length * 3 + 2
  }
  return bytes
}

function fieldOf({ source, fields }: OpenDocument, name: string): Field {
  let field = fields.get(name)
  if (!field) {
    const stored = source && rawField(source.bytes, name, source.start)
    field = { name, stored, node: stored }
    fields.set(name, field)
  }
  return field
}

function writeBody(writer: ByteWriter, node: OpenDocument | OpenArray): void {
  const start = beginDocument(writer)
  if ('items' in node)
    for (const [index, item] of node.items.entries()) writeNode(writer, String(index), item)
  else writeFields(writer, node)
  endDocument(writer, start)
}

/** Copies the stretches between changed fields as they are, the changed ones in their places, new ones last. */
function writeFields(writer: ByteWriter, { source, fields }: OpenDocument): void {
  if (source) {
    let copied = source.start + 4
    for (const field of replacedFields(fields)) {
      writeBytes(writer, source.bytes, copied, field.stored!.start - Buffer.byteLength(field.name) - 2)
      if (field.node) writeNode(writer, field.name, field.node)
      copied = field.stored!.end
    }
    writeBytes(writer, source.bytes, copied, source.end - 1)
  }
  for (const field of fields.values())
    if (!field.stored && field.node) writeNode(writer, field.name, field.node)
}

/** Stored fields with another value than before, in the order in which they are stored. */
function replacedFields(fields: OpenDocument['fields']): Field[] {
  const replaced: Field[] = []
  for (const field of fields.values()) if (field.stored && field.stored !== field.node) replaced.push(field)
  return replaced.length < 2 ? replaced : replaced.sort((a, b) => a.stored!.start - b.stored!.start)
}

function writeNode(writer: ByteWriter, name: string, node: Node): void {
  if ('bytes' in node) writeElement(writer, name, node)
  else {
    writeElementHead(writer, node.type, name)
    writeBody(writer, node)
  }
}
