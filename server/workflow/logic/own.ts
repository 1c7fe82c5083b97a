/**
 * A property of a value itself, never of its prototypes: `constructor` or `map` of an order is undefined.
 * Texts answer for `length` and their characters, lists for `length` and their entries.
 */
function ownProperty(value: unknown, key: string): unknown {
  if (value === null || value === undefined || !Object.hasOwn(value as object, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

/** What stands at a path; undefined where any part of it is absent. */
export function readPath(data: unknown, path: readonly string[]): unknown {
  let value = data
  for (const key of path) {
    value = ownProperty(value, key)
    if (value === undefined) return undefined
  }
  return value
}

/** The same as `readPath` with the path known beforehand, which spares the loop on the hot path. */
export function pathReader(path: readonly string[]): (data: unknown) => unknown {
  const [first, second, third] = path
  if (first === undefined) return data => data
  if (second === undefined) return data => ownProperty(data, first)
  if (third === undefined) return data => ownProperty(ownProperty(data, first), second)
  if (path.length === 3) return data => ownProperty(ownProperty(ownProperty(data, first), second), third)
  return data => readPath(data, path)
}

/** The parts of a JsonLogic path. Empty for the paths that mean "all of the data": '', null, undefined. */
export function splitPath(path: unknown): readonly string[] {
  return path === undefined || path === null || path === '' ? [] : String(path).split('.')
}
