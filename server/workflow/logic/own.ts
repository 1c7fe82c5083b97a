/**
 * A property of a value itself, never of its prototypes: `constructor` or `map` of an order is undefined.
 * Texts answer for `length` and their characters, lists for `length` and their entries.
 */
function ownProperty(value: unknown, key: string): unknown {
  if (value === null || value === undefined || !Object.hasOwn(value as object, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

/** What properties may be read of, or nothing. */
export type Holder = { readonly [name: string]: Holder } | null | undefined

/** Whether a value inherits only what all objects do: quicker to tell than whether it has a certain property. */
export function isPlain(value: Holder): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
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

/** Makes what reads a path, and gives `absent` where it leads to nothing. */
export type PathReader = (path: readonly string[], absent?: unknown) => (data: unknown) => unknown

/** The same as `readPath` with the path known beforehand, which spares the loop on the hot path. */
export function pathReader(path: readonly string[], absent?: unknown): (data: unknown) => unknown {
  const read = readerOf(path)
  if (absent === undefined) return read
  return data => {
    const value = read(data)
    return value === undefined ? absent : value
  }
}

function readerOf(path: readonly string[]): (data: unknown) => unknown {
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
