import { closeNode } from '../bson/node.ts'
import { type RawValue, rawField, someElement } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'

/** What `$a.b` stands for in an expression: through an array it is the array of what its elements have there. */
export function fieldValue(value: RawValue, path: readonly string[], depth = 0): RawValue | undefined {
  if (depth === path.length) return value
  if (value.type === TYPE.object) {
    const field = rawField(value.bytes, path[depth]!, value.start)
    return field && fieldValue(field, path, depth + 1)
  }
  if (value.type !== TYPE.array) return undefined
  const items: RawValue[] = []
  someElement(value.bytes, value.start, element => {
    const found = fieldValue(element, path, depth)
    if (found) items.push(found)
    return false
  })
  return closeNode({ type: TYPE.array, items })
}
