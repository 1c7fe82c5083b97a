import { MANY, type Operators } from '../operator.ts'
import { truthy } from '../values.ts'

/** Conditions joined, turned round and chosen among. */
export const choiceOperators: Operators = {
  '!': {
    kind: 'value',
    args: [1, 1],
    takes: ['any'],
    gives: 'boolean',
    words: { zh: '并非（{0}）', en: 'not ({0})' },
    apply: a => !truthy(a),
  },
  '!!': {
    kind: 'value',
    args: [1, 1],
    takes: ['any'],
    gives: 'boolean',
    words: { zh: '{0}', en: '{0}' },
    apply: a => truthy(a),
  },
  and: {
    kind: 'choice',
    args: [1, MANY],
    takes: ['any'],
    gives: 'any',
    words: { zh: ' 且 ', en: ' and ' },
  },
  or: { kind: 'choice', args: [1, MANY], takes: ['any'], gives: 'any', words: { zh: ' 或 ', en: ' or ' } },
  if: {
    kind: 'choice',
    args: [1, MANY],
    takes: ['any'],
    gives: 'any',
    words: { zh: '若 {0} 则 {1}，否则 {2}', en: 'if {0} then {1}, else {2}' },
  },
  '?:': {
    kind: 'choice',
    args: [3, 3],
    takes: ['any'],
    gives: 'any',
    words: { zh: '若 {0} 则 {1}，否则 {2}', en: 'if {0} then {1}, else {2}' },
  },
}
