import { both, type Operators } from '../operator.ts'

// Operands are compared the way JavaScript does it whatever they are, as JsonLogic defines; the casts say no more.
/** Two values held against each other. */
export const comparisonOperators: Operators = {
  '==': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: { zh: '{0} 是 {1}', en: '{0} is {1}' },
    // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's == is JavaScript's
    apply: (a, b) => a == b,
  },
  '===': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: { zh: '{0} 是 {1}', en: '{0} is {1}' },
    apply: (a, b) => a === b,
  },
  '!=': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: { zh: '{0} 不是 {1}', en: '{0} is not {1}' },
    // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's != is JavaScript's
    apply: (a, b) => a != b,
  },
  '!==': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: { zh: '{0} 不是 {1}', en: '{0} is not {1}' },
    apply: (a, b) => a !== b,
  },
  '>': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: both('{0} > {1}'),
    instantWords: { zh: '{0} 晚于 {1}', en: '{0} is after {1}' },
    apply: (a, b) => (a as number) > (b as number),
  },
  '>=': {
    kind: 'value',
    args: [2, 2],
    takes: ['same'],
    gives: 'boolean',
    words: both('{0} ≥ {1}'),
    instantWords: { zh: '{0} 不早于 {1}', en: '{0} is not before {1}' },
    apply: (a, b) => (a as number) >= (b as number),
  },
  '<': {
    kind: 'value',
    args: [2, 3],
    takes: ['same'],
    gives: 'boolean',
    words: both('{0} < {1}'),
    instantWords: { zh: '{0} 早于 {1}', en: '{0} is before {1}' },
    apply: (a, b, c) => (a as number) < (b as number) && (c === undefined || (b as number) < (c as number)),
  },
  '<=': {
    kind: 'value',
    args: [2, 3],
    takes: ['same'],
    gives: 'boolean',
    words: both('{0} ≤ {1}'),
    instantWords: { zh: '{0} 不晚于 {1}', en: '{0} is not after {1}' },
    apply: (a, b, c) => (a as number) <= (b as number) && (c === undefined || (b as number) <= (c as number)),
  },
}
