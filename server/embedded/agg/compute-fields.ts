import {
  childOf,
  closeNode,
  documentBytes,
  documentValue,
  type Node,
  openArray,
  openDocument,
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
 * A path through an array sets the field in every element; a value that is missing sets nothing.
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
    let changed = false
    for (const { segments, evaluate } of compiled) {
      const value = evaluate(row)
      if (!value) continue
      nodeWithField(root, segments, 0, value)
      changed = true
    }
    return changed ? documentBytes(root) : into
  }
}

/** The document with a field set. */
export function withField(raw: Uint8Array, path: readonly string[], value: Node): Uint8Array {
  const root = openDocument(documentValue(raw))
  nodeWithField(root, path, 0, value)
  return documentBytes(root)
}

/** The node with a field set; what is no document on the way is replaced by one. */
function nodeWithField(node: Node | undefined, path: readonly string[], depth: number, value: Node): Node {
  if (depth === path.length) return value
  if (node?.type === TYPE.array) {
    const items = 'items' in node ? node.items : openArray(closeNode(node)).items
    return { type: TYPE.array, items: items.map(item => nodeWithField(item, path, depth, value)) }
  }
  const isOpen = node && 'fields' in node
  const document = isOpen ? node : openDocument(node?.type === TYPE.object ? closeNode(node) : undefined)
  const name = path[depth]!
  setChild(document, name, nodeWithField(childOf(document, name), path, depth + 1, value))
  return document
}
