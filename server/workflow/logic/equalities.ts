import type { Comparison, Evaluate } from './comparisons.ts'

/** `==` and its like, split by the type of a constant: values of one type are equal or not without being converted. */
export const equalities: readonly (readonly [string, Comparison])[] = [
  [
    '==',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
        return typeof a === 'number' && typeof b === 'number' ? a === b : a == b
      },
      constant: equal,
    },
  ],
  [
    '!=',
    {
      parts: (left, right) => data => {
        const a = left(data)
        const b = right(data)
        // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
        return typeof a === 'number' && typeof b === 'number' ? a !== b : a != b
      },
      constant: notEqual,
    },
  ],
  [
    '===',
    {
      parts: (left, right) => data => left(data) === right(data),
      constant: same,
    },
  ],
  [
    '!==',
    {
      parts: (left, right) => data => left(data) !== right(data),
      constant: (left, right) => data => left(data) !== right,
    },
  ],
]

function equal(left: Evaluate, right: unknown): Evaluate {
  if (typeof right === 'number') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
      return typeof a === 'number' ? a === right : a == right
    }
  }
  if (typeof right === 'string') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
      return typeof a === 'string' ? a === right : a == right
    }
  }
  if (typeof right === 'boolean') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
      return typeof a === 'boolean' ? a === right : a == right
    }
  }
  // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
  return data => left(data) == right
}

function notEqual(left: Evaluate, right: unknown): Evaluate {
  if (typeof right === 'number') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
      return typeof a === 'number' ? a !== right : a != right
    }
  }
  if (typeof right === 'string') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
      return typeof a === 'string' ? a !== right : a != right
    }
  }
  if (typeof right === 'boolean') {
    return data => {
      const a = left(data)
      // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
      return typeof a === 'boolean' ? a !== right : a != right
    }
  }
  // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
  return data => left(data) != right
}

function same(left: Evaluate, right: unknown): Evaluate {
  if (typeof right === 'number') {
    return data => {
      const a = left(data)
      return typeof a === 'number' && a === right
    }
  }
  if (typeof right === 'string') {
    return data => {
      const a = left(data)
      return typeof a === 'string' && a === right
    }
  }
  return data => left(data) === right
}
