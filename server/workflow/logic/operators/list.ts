import { MANY, type Operators } from '../operator.ts'

/** Lists, and looking for a value in a list or a text. */
export const listOperators: Operators = {
  in: {
    kind: 'value',
    args: [2, 2],
    takes: ['any'],
    gives: 'boolean',
    words: { zh: '{0} 属于 {1}', en: '{0} is one of {1}' },
    apply: (a, b) =>
      ((typeof b === 'string' && b !== '') || Array.isArray(b)) && b.indexOf(a as string) !== -1,
  },
  has_any: {
    kind: 'value',
    ours: true,
    args: [2, 2],
    takes: ['any', 'list'],
    gives: 'boolean',
    words: { zh: '{0} 含有 {1} 之一', en: '{0} has any of {1}' },
    apply: hasAny,
  },
  merge: {
    kind: 'value',
    args: [0, MANY],
    takes: ['any'],
    gives: 'list',
    words: { zh: '{all} 合在一起', en: '{all} together' },
    apply: (...lists) => ([] as unknown[]).concat(...lists),
  },
  filter: {
    kind: 'each',
    args: [2, 2],
    takes: ['list', 'any'],
    gives: 'list',
    words: { zh: '{0} 中满足（{1}）的', en: 'those of {0} with ({1})' },
  },
  map: {
    kind: 'each',
    args: [2, 2],
    takes: ['list', 'any'],
    gives: 'list',
    words: { zh: '各 {0} 的 {1}', en: '{1} of each of {0}' },
  },
  reduce: {
    kind: 'each',
    args: [2, 3],
    takes: ['list', 'any'],
    gives: 'any',
    words: { zh: '由 {0} 逐项累计（{1}）', en: '{0} added up by ({1})' },
  },
  all: {
    kind: 'each',
    args: [2, 2],
    takes: ['list', 'any'],
    gives: 'boolean',
    words: { zh: '每项 {0} 都满足（{1}）', en: 'every one of {0} has ({1})' },
  },
  some: {
    kind: 'each',
    args: [2, 2],
    takes: ['list', 'any'],
    gives: 'boolean',
    words: { zh: '至少一项 {0} 满足（{1}）', en: 'at least one of {0} has ({1})' },
  },
  none: {
    kind: 'each',
    args: [2, 2],
    takes: ['list', 'any'],
    gives: 'boolean',
    words: { zh: '没有一项 {0} 满足（{1}）', en: 'none of {0} has ({1})' },
  },
}

/** Whether a list holds, or a text contains, any of the values. An empty text is never found. */
function hasAny(where: unknown, values: unknown): boolean {
  if (!Array.isArray(values)) return false
  if (typeof where === 'string') {
    return values.some(value => typeof value === 'string' && value !== '' && where.includes(value))
  }
  return Array.isArray(where) && values.some(value => where.includes(value))
}
