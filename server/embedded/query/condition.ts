import type { RawValue } from '../bson/raw.ts'

/** What a match has learnt on its way: the index of the array element that satisfied the filter. */
export interface MatchDetails {
  position?: number
}

/** A condition on one value; undefined stands for a missing field. */
export type ValueTest = (value: RawValue | undefined, details?: MatchDetails) => boolean

/** A condition on the document that starts at `at`. */
export type DocumentTest = (bytes: Uint8Array, at: number, details?: MatchDetails) => boolean

/** A condition on a field, before it is known whether it looks at a path or at an array element itself. */
export type FieldTest =
  | { readonly kind: 'value'; readonly test: ValueTest; readonly entersArrays: boolean }
  | { readonly kind: 'not' | 'and'; readonly tests: readonly FieldTest[] }

/** A condition that an array fulfils when one of its elements, or the array as a whole, does. */
export function onValue(test: ValueTest): FieldTest {
  return { kind: 'value', test, entersArrays: true }
}

/** A condition on an array as a whole. */
export function onWholeArray(test: ValueTest): FieldTest {
  return { kind: 'value', test, entersArrays: false }
}

/** All of several conditions. */
export function allOf(tests: readonly FieldTest[]): FieldTest {
  return { kind: 'and', tests }
}

/** Not all of several conditions. */
export function noneHolds(tests: readonly FieldTest[]): FieldTest {
  return { kind: 'not', tests }
}
