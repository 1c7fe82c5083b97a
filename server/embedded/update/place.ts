import { EJSON } from 'bson'
import {
  childOf,
  closeNode,
  type Node,
  type OpenArray,
  type OpenDocument,
  openChild,
  removeChild,
  setChild,
} from '../bson/node.ts'
import { arrayIndex } from '../bson/path.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'

/** Furthest array index an update may fill up to with nulls, as in MongoDB. */
const MAX_BACKFILL = 1_500_000

/** The node at a path; undefined where something on the way is missing or no container. */
export function nodeAt(root: OpenDocument, path: readonly string[]): Node | undefined {
  let node: Node | undefined = root
  for (const segment of path) {
    node = childOf(node, segment)
    if (node === undefined) return undefined
  }
  return node
}

/** Sets the node at a path, making documents on the way; throws code 28 where a scalar or array is in the way. */
export function setAt(root: OpenDocument, path: readonly string[], node: Node): void {
  refuseUnviable(root, path)
  setChild(openParent(root, path), path.at(-1)!, node)
}

/** Removes the node at a path, which must exist. */
export function removeAt(root: OpenDocument, path: readonly string[]): void {
  removeChild(openParent(root, path), path.at(-1)!)
}

function openParent(root: OpenDocument, path: readonly string[]): OpenDocument | OpenArray {
  let parent: OpenDocument | OpenArray = root
  for (let depth = 0; depth < path.length - 1; depth++) parent = openChild(parent, path[depth]!)
  return parent
}

function refuseUnviable(root: OpenDocument, path: readonly string[]): void {
  let node: Node | undefined = root
  for (let depth = 0; node !== undefined && depth < path.length; depth++) {
    const segment = path[depth]!
    if (node.type === TYPE.array) refuseFarIndex(segment, node)
    const canHold = node.type === TYPE.object || (node.type === TYPE.array && arrayIndex(segment) >= 0)
    if (!canHold)
      throw mongoError(
        'PathNotViable',
        `Cannot create field '${segment}' in element {${path[depth - 1]}: ${describe(node)}}`,
      )
    node = childOf(node, segment)
  }
}

function refuseFarIndex(segment: string, array: Node): void {
  const index = arrayIndex(segment)
  if (index > MAX_BACKFILL && childOf(array, segment) === undefined)
    throw mongoError('BadValue', `can't backfill more than ${MAX_BACKFILL} elements`)
}

/** A node as text for an error message. */
export function describe(node: Node): string {
  return EJSON.stringify(decodeValue(closeNode(node)))
}
