import { equalities } from './equalities.ts'

/** A part of a rule, compiled: gives its value for the data. */
export type Evaluate = (data: unknown) => unknown

/** Makes the closures of one comparing operator. */
export interface Comparison {
  /** Compares two parts. */
  readonly parts: (left: Evaluate, right: Evaluate) => Evaluate
  /** Compares a part with a constant: the commonest condition there is. */
  readonly constant: (left: Evaluate, right: unknown) => Evaluate
}

// Each closure is written out, so that the comparison itself is inlined, and two numbers are compared in a place of
// the code where nothing else ever comes: one order without a number would otherwise slow down all that have one.
const orders: readonly (readonly [string, Comparison])[] = [
  [
    '>',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        return typeof a === 'number' && typeof b === 'number' ? a > b : (a as number) > (b as number)
      },
      constant: (left, right) =>
        typeof right === 'number'
          ? data => {
              const a = left(data)
              return typeof a === 'number' ? a > right : (a as number) > right
            }
          : data => (left(data) as number) > (right as number),
    },
  ],
  [
    '>=',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        return typeof a === 'number' && typeof b === 'number' ? a >= b : (a as number) >= (b as number)
      },
      constant: (left, right) =>
        typeof right === 'number'
          ? data => {
              const a = left(data)
              return typeof a === 'number' ? a >= right : (a as number) >= right
            }
          : data => (left(data) as number) >= (right as number),
    },
  ],
  [
    '<',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        return typeof a === 'number' && typeof b === 'number' ? a < b : (a as number) < (b as number)
      },
      constant: (left, right) =>
        typeof right === 'number'
          ? data => {
              const a = left(data)
              return typeof a === 'number' ? a < right : (a as number) < right
            }
          : data => (left(data) as number) < (right as number),
    },
  ],
  [
    '<=',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        return typeof a === 'number' && typeof b === 'number' ? a <= b : (a as number) <= (b as number)
      },
      constant: (left, right) =>
        typeof right === 'number'
          ? data => {
              const a = left(data)
              return typeof a === 'number' ? a <= right : (a as number) <= right
            }
          : data => (left(data) as number) <= (right as number),
    },
  ],
]

/**
 * Closures of the comparing operators.
 * They say what `apply` in the table of operators says; a property test holds them to the reference.
 */
export const comparisons: ReadonlyMap<string, Comparison> = new Map([...equalities, ...orders])
