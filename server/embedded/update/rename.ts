import { closeNode, type OpenDocument } from '../bson/node.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { documentName, type ModifierContext } from './modifier.ts'
import { isPlaceholder, parseUpdatePath, type UpdatePath } from './path.ts'
import { nodeAt, removeAt, setAt } from './place.ts'

/** The two paths of `$rename`; throws MongoError (code 2) for what cannot be renamed. */
export function parseRename(from: string, to: unknown): { from: UpdatePath; to: UpdatePath } {
  if (typeof to !== 'string')
    throw mongoError('BadValue', `The 'to' field for $rename must be a string: ${from}: ${to}`)
  const paths = { from: parseUpdatePath(from), to: parseUpdatePath(to) }
  if (paths.from.some(isPlaceholder))
    throw mongoError('BadValue', `The source field for $rename may not be dynamic: ${from}`)
  if (paths.to.some(isPlaceholder))
    throw mongoError('BadValue', `The destination field for $rename may not be dynamic: ${to}`)
  if (from === to)
    throw mongoError('BadValue', `The source and target field for $rename must differ: ${from}: "${to}"`)
  return paths
}

/** Moves a field; false where there is none to move. */
export function rename(
  root: OpenDocument,
  from: UpdatePath,
  to: UpdatePath,
  context: ModifierContext,
): boolean {
  const node = nodeAt(root, from)
  if (node === undefined) return false
  refuseArrays('source', root, from, context)
  refuseArrays('destination', root, to, context)
  const value = closeNode(node)
  removeAt(root, from)
  setAt(root, to, value)
  return true
}

function refuseArrays(role: string, root: OpenDocument, path: UpdatePath, context: ModifierContext): void {
  for (let depth = 1; depth < path.length; depth++)
    if (nodeAt(root, path.slice(0, depth))?.type === TYPE.array)
      throw mongoError(
        'BadValue',
        `The ${role} field cannot be an array element, '${path.join('.')}' in doc with ${documentName(context)} ` +
          `has an array field called '${path[depth - 1]}'`,
      )
}
