/** A part of a rule, compiled: gives its value for the data. */
export type Evaluate = (data: unknown) => unknown

interface Comparison {
  /** Compares two parts. */
  readonly parts: (left: Evaluate, right: Evaluate) => Evaluate
  /** Compares a part with a constant: the commonest condition there is. */
  readonly constant: (left: Evaluate, right: unknown) => Evaluate
}

/**
 * Closures of the comparing operators, each written out so that the comparison itself is inlined.
 * They say what `apply` in the table of operators says; a property test holds them to the reference.
 */
export const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  [
    '==',
    {
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
      parts: (left, right) => data => left(data) == right(data),
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
      constant: (left, right) => data => left(data) == right,
    },
  ],
  [
    '!=',
    {
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
      parts: (left, right) => data => left(data) != right(data),
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
      constant: (left, right) => data => left(data) != right,
    },
  ],
  [
    '===',
    {
      parts: (left, right) => data => left(data) === right(data),
      constant: (left, right) => data => left(data) === right,
    },
  ],
  [
    '!==',
    {
      parts: (left, right) => data => left(data) !== right(data),
      constant: (left, right) => data => left(data) !== right,
    },
  ],
  [
    '>',
    {
      parts: (left, right) => data => (left(data) as number) > (right(data) as number),
      constant: (left, right) => data => (left(data) as number) > (right as number),
    },
  ],
  [
    '>=',
    {
      parts: (left, right) => data => (left(data) as number) >= (right(data) as number),
      constant: (left, right) => data => (left(data) as number) >= (right as number),
    },
  ],
  [
    '<',
    {
      parts: (left, right) => data => (left(data) as number) < (right(data) as number),
      constant: (left, right) => data => (left(data) as number) < (right as number),
    },
  ],
  [
    '<=',
    {
      parts: (left, right) => data => (left(data) as number) <= (right(data) as number),
      constant: (left, right) => data => (left(data) as number) <= (right as number),
    },
  ],
])
