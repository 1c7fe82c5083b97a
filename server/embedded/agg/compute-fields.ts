import {
  childOf,
  closeNode,
  documentBytes,
  documentValue,
  type Node,
  openArray,
  openDocument,
  removeChild,
  setChild,
} from '../bson/node.ts'
import { TYPE } from '../bson/types.ts'
import { compileExpression, type Variables } from './expression.ts'
import type { Row } from './row.ts'

/** A field to be set to the value of an expression. */
export interface ComputedField {
  readonly path: string
  readonly expression: unknown
}

/**
 * Compiles fields to compute: all expressions see the document of the row, their values are set in `into`.
 * A path through an array sets the field in every element; a value that is missing takes the field away.
 */
export function computeFields(
  fields: readonly ComputedField[],
  variables: Variables,
): (into: Uint8Array, row: Row) => Uint8Array {
  const compiled = fields.map(({ path, expression }) => ({
    segments: path.split('.'),
    evaluate: compileExpression(expression, variables),
  }))
  return (into, row) => {
    const root = openDocument(documentValue(into))
    for (const { segments, evaluate } of compiled) nodeWithField(root, segments, 0, evaluate(row))
    return documentBytes(root)
  }
}

/** The document with a field set. */
export function withField(raw: Uint8Array, path: readonly string[], value: Node): Uint8Array {
  const root = openDocument(documentValue(raw))
  nodeWithField(root, path, 0, value)
  return documentBytes(root)
}

/** The node with a field set, or taken away; what is no document on the way is replaced by one. */
function nodeWithField(
  node: Node | undefined,
  path: readonly string[],
  depth: number,
  value: Node | undefined,
): Node {
  if (node?.type === TYPE.array) {
    const items = 'items' in node ? node.items : openArray(closeNode(node)).items
    return { type: TYPE.array, items: items.map(item => nodeWithField(item, path, depth, value)) }
  }
  const isOpen = node && 'fields' in node
  const document = isOpen ? node : openDocument(node?.type === TYPE.object ? closeNode(node) : undefined)
  const name = path[depth]!
  const isLast = depth === path.length - 1
  if (!isLast) setChild(document, name, nodeWithField(childOf(document, name), path, depth + 1, value))
  else if (value) setChild(document, name, value)
  else if (childOf(document, name)) removeChild(document, name)
  return document
}
