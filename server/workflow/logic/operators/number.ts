import { both, MANY, type Operators } from '../operator.ts'
import { toNumber } from '../values.ts'

/** Arithmetic. */
export const numberOperators: Operators = {
  '+': {
    kind: 'value',
    args: [1, MANY],
    takes: ['number'],
    gives: 'number',
    words: both(' + '),
    apply: (...addends) => addends.reduce<number>((sum, next) => sum + toNumber(next), 0),
  },
  '*': {
    kind: 'value',
    args: [1, MANY],
    takes: ['number'],
    gives: 'number',
    words: both(' × '),
    apply: (...factors) => factors.reduce((product, next) => toNumber(product) * toNumber(next)),
  },
  '-': {
    kind: 'value',
    args: [1, 2],
    takes: ['number'],
    gives: 'number',
    words: both(' - '),
    apply: (a, b) => (b === undefined ? -(a as number) : (a as number) - (b as number)),
  },
  '/': {
    kind: 'value',
    args: [2, 2],
    takes: ['number'],
    gives: 'number',
    words: both(' ÷ '),
    apply: (a, b) => (a as number) / (b as number),
  },
  '%': {
    kind: 'value',
    args: [2, 2],
    takes: ['number'],
    gives: 'number',
    words: { zh: '{0} 除以 {1} 的余数', en: 'the rest of {0} ÷ {1}' },
    apply: (a, b) => (a as number) % (b as number),
  },
  min: {
    kind: 'value',
    args: [1, MANY],
    takes: ['number'],
    gives: 'number',
    words: { zh: '{all} 中最小的', en: 'the smallest of {all}' },
    apply: (...numbers) => Math.min(...(numbers as number[])),
  },
  max: {
    kind: 'value',
    args: [1, MANY],
    takes: ['number'],
    gives: 'number',
    words: { zh: '{all} 中最大的', en: 'the largest of {all}' },
    apply: (...numbers) => Math.max(...(numbers as number[])),
  },
}
