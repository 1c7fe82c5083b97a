import { both, MANY, type Operators } from '../operator.ts'

/** Reading the data. */
export const dataOperators: Operators = {
  var: { kind: 'data', args: [0, 2], takes: ['any'], gives: 'any', words: both('{0}') },
  missing: {
    kind: 'data',
    args: [1, MANY],
    takes: ['any'],
    gives: 'list',
    words: { zh: '缺少 {all}', en: 'missing any of {all}' },
  },
  missing_some: {
    kind: 'data',
    args: [2, 2],
    takes: ['number', 'list'],
    gives: 'list',
    words: { zh: '{1} 填了不到 {0} 项', en: 'fewer than {0} of {1} are given' },
  },
  // The reference writes to the console; a rule must not, so ours only hands its argument on.
  log: { kind: 'value', args: [1, 1], takes: ['any'], gives: 'any', words: both('{0}'), apply: a => a },
}
