import type { T } from '../i18n/i18n.ts'
import type { Typed } from './subject-type.ts'
import type { Comparison } from './tree.ts'

const SYMBOLS: Readonly<Partial<Record<Comparison, string>>> = {
  gt: '>',
  ge: '≥',
  lt: '<',
  le: '≤',
  is: '=',
  isNot: '≠',
}

const numberWords = {
  gt: 'rules.more',
  ge: 'rules.atLeast',
  lt: 'rules.less',
  le: 'rules.atMost',
  is: 'rules.equal',
  isNot: 'rules.unequal',
} as const

const instantWords = {
  gt: 'rules.after',
  ge: 'rules.notBefore',
  lt: 'rules.before',
  le: 'rules.notAfter',
} as const

const words = {
  is: 'rules.is',
  isNot: 'rules.isNot',
  gt: 'rules.more',
  ge: 'rules.atLeast',
  lt: 'rules.less',
  le: 'rules.atMost',
  between: 'rules.between',
  inside: 'rules.inside',
  in: 'rules.oneOf',
  notIn: 'rules.noneOf',
  contains: 'rules.contains',
  notContains: 'rules.notContains',
  startsWith: 'rules.startsWith',
  endsWith: 'rules.endsWith',
  hasAny: 'rules.hasAny',
  holds: 'rules.notEmpty',
  fails: 'rules.empty',
  isNull: 'rules.empty',
  notNull: 'rules.notEmpty',
  within: 'rules.within',
} as const

/** A comparison as it is called for what stands on the left, with its sign where it has one. */
export function comparisonWord(
  op: Comparison,
  { type, shown }: Typed,
  t: T,
): { sign?: string; word: string } {
  if (type === 'boolean' && (op === 'holds' || op === 'fails'))
    return { word: t(op === 'holds' ? 'rules.yes' : 'rules.no') }
  if ((type === 'instant' || shown === 'clock') && op in instantWords)
    return { word: t(instantWords[op as keyof typeof instantWords]) }
  if (op === 'within') return { sign: t('rules.withinSign'), word: t('rules.within') }
  const isNumber = ['number', 'money', 'duration', 'any'].includes(type) && shown !== 'weekday'
  const sign = isNumber && (type !== 'any' || op !== 'is') ? SYMBOLS[op] : undefined
  if (sign && op in numberWords) return { sign, word: t(numberWords[op as keyof typeof numberWords]) }
  return { word: t(words[op]) }
}
