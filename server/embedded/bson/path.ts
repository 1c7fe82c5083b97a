import { elementAt, type RawValue, rawField, someElement, startOfValue, valueOfElement } from './raw.ts'
import { TYPE } from './types.ts'

/** Called with each value (undefined: missing) and the outermost array index it came from (-1: none); true stops. */
export type Visit = (value: RawValue | undefined, position: number) => boolean

/** A dotted path, and what to do with what it leads to. */
export interface Route {
  readonly path: readonly string[]
  /** An array at the end gives its elements before it gives itself. */
  readonly entersLastArray: boolean
  readonly visit: Visit
}

/** The value a path leads to straight on; where an array is met, on the way or at the end, that array. */
export function followPath(bytes: Uint8Array, at: number, path: readonly string[]): RawValue | undefined {
  return valueOfElement(bytes, followToElement(bytes, at, path))
}

/** The same as {@link followPath}, but answers where the element begins that has the value; -1 where it is missing. */
export function followToElement(bytes: Uint8Array, at: number, path: readonly string[]): number {
  let element = elementAt(bytes, path[0]!, at)
  for (let depth = 1; depth < path.length && element >= 0 && bytes[element] !== TYPE.array; depth++)
    element =
      bytes[element] === TYPE.object ? elementAt(bytes, path[depth]!, startOfValue(bytes, element)) : -1
  return element
}

/**
 * Visits the values a path leads to in the document at `at`, as MongoDB's matcher does: arrays on the way are
 * entered, both by index and element by element. True as soon as a visit answers true.
 */
export function visitPath(bytes: Uint8Array, at: number, route: Route): boolean {
  return visitDocument(bytes, at, route, 0, -1)
}

/** The array index a path segment stands for, -1 where it is no index (`01` and `1x` are names). */
export function arrayIndex(segment: string): number {
  return /^(?:0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : -1
}

function visitDocument(
  bytes: Uint8Array,
  at: number,
  route: Route,
  depth: number,
  position: number,
): boolean {
  const value = rawField(bytes, route.path[depth]!, at)
  if (value === undefined) return route.visit(undefined, position)
  return visitValue(value, route, depth + 1, position)
}

/** Goes on from a value that `depth` segments of the path have led to. */
function visitValue(value: RawValue, route: Route, depth: number, position: number): boolean {
  if (value.type === TYPE.array) return visitArray(value, route, depth, position)
  if (depth === route.path.length) return route.visit(value, position)
  if (value.type === TYPE.object) return visitDocument(value.bytes, value.start, route, depth, position)
  return route.visit(undefined, position)
}

function visitArray(array: RawValue, route: Route, depth: number, position: number): boolean {
  if (depth < route.path.length) return visitElements(array, route, depth, position)
  if (route.entersLastArray && visitLastElements(array, route, position)) return true
  return route.visit(array, position)
}

function visitLastElements({ bytes, start }: RawValue, { visit }: Route, position: number): boolean {
  return someElement(bytes, start, (element, index) => visit(element, position < 0 ? index : position))
}

/** Goes into each document of an array, and into the element of which the path gives the index. */
function visitElements({ bytes, start }: RawValue, route: Route, depth: number, position: number): boolean {
  const wanted = arrayIndex(route.path[depth]!)
  return someElement(bytes, start, (element, index) => {
    const inside = position < 0 ? index : position
    if (element.type === TYPE.object && visitDocument(bytes, element.start, route, depth, inside)) return true
    return index === wanted && visitIndexed(element, route, depth + 1, position)
  })
}

/** An index is no search through an array: the element itself is meant, and a scalar ends the way. */
function visitIndexed(element: RawValue, route: Route, depth: number, position: number): boolean {
  if (depth === route.path.length) return route.visit(element, position)
  const isContainer = element.type === TYPE.object || element.type === TYPE.array
  return isContainer && visitValue(element, route, depth, position)
}
