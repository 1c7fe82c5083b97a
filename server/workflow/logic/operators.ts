import type { FieldType } from '../field.ts'
import type { Text } from '../text.ts'
import { toInstantMs } from './instants.ts'
import { toNumber, truthy } from './values.ts'

/** What an operator takes and gives, for the checker; `same` for operands that must be of one kind. */
export type OperandType = FieldType | 'any' | 'same'

interface Described {
  /** Fewest and most arguments. */
  readonly args: readonly [least: number, most: number]
  /** Types by position; the last one holds for all that follow. */
  readonly takes: readonly OperandType[]
  readonly gives: OperandType
  /** How it reads: `{0}`, `{1}` are the operands, `{all}` all of them in a row. */
  readonly words: Text
  /** How it reads between instants, where that differs. */
  readonly instantWords?: Text
  /** True for the operators JsonLogic does not have. */
  readonly ours?: true
}

/** Its arguments are worked out first, then applied. */
export interface ValueOperator extends Described {
  readonly kind: 'value'
  readonly apply: (...args: unknown[]) => unknown
}

/**
 * Worked out by the compiler itself: `data` operators read the data, `choice` operators decide which of
 * their arguments are worked out, `each` operators work out their second argument once per list entry.
 */
interface SpecialOperator extends Described {
  readonly kind: 'data' | 'choice' | 'each'
}

export type Operator = ValueOperator | SpecialOperator

const MANY = 1_000
const both = (words: string): Text => ({ zh: words, en: words })

// Operands are compared the way JavaScript does it whatever they are, as JsonLogic defines; the casts say no more.
const table: Readonly<Record<string, Operator>> = {
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
  in: {
    kind: 'value',
    args: [2, 2],
    takes: ['any'],
    gives: 'boolean',
    words: { zh: '{0} 属于 {1}', en: '{0} is one of {1}' },
    apply: (a, b) =>
      ((typeof b === 'string' && b !== '') || Array.isArray(b)) && b.indexOf(a as string) !== -1,
  },
  cat: {
    kind: 'value',
    args: [1, MANY],
    takes: ['any'],
    gives: 'string',
    words: { zh: '{all} 连成的文字', en: 'the text of {all}' },
    apply: (...parts) => parts.join(''),
  },
  substr: {
    kind: 'value',
    args: [2, 3],
    takes: ['string', 'number'],
    gives: 'string',
    words: { zh: '{0} 的一段', en: 'part of {0}' },
    apply: substr,
  },
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
  // The reference writes to the console; a rule must not, so ours only hands its argument on.
  log: { kind: 'value', args: [1, 1], takes: ['any'], gives: 'any', words: both('{0}'), apply: a => a },
  starts_with: {
    kind: 'value',
    ours: true,
    args: [2, 2],
    takes: ['string'],
    gives: 'boolean',
    words: { zh: '{0} 以 {1} 开头', en: '{0} starts with {1}' },
    apply: (text, start) => typeof text === 'string' && typeof start === 'string' && text.startsWith(start),
  },
  ends_with: {
    kind: 'value',
    ours: true,
    args: [2, 2],
    takes: ['string'],
    gives: 'boolean',
    words: { zh: '{0} 以 {1} 结尾', en: '{0} ends with {1}' },
    apply: (text, end) => typeof text === 'string' && typeof end === 'string' && text.endsWith(end),
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
  instant: {
    kind: 'value',
    ours: true,
    args: [1, 1],
    takes: ['instant'],
    gives: 'instant',
    words: both('{0}'),
    apply: toInstantMs,
  },
  within_minutes: {
    kind: 'value',
    ours: true,
    args: [3, 3],
    takes: ['instant', 'instant', 'number'],
    gives: 'boolean',
    words: { zh: '{0} 与 {1} 相差不超过 {2} 分钟', en: '{0} and {1} are within {2} minutes' },
    apply: (a, b, minutes) => typeof minutes === 'number' && Math.abs(toMs(a) - toMs(b)) <= minutes * 60_000,
  },
}

/** The one table of operators: compiler, reference, checker and sentences all read it. */
export const operators: ReadonlyMap<string, Operator> = new Map(Object.entries(table))

function substr(source: unknown, start: unknown, end: unknown): string {
  const text = String(source)
  const from = start as number
  // A negative end counts from the end of the text, as in PHP, where JsonLogic has it from.
  if ((end as number) < 0) {
    const rest = text.substr(from)
    return rest.substr(0, rest.length + (end as number))
  }
  return text.substr(from, end as number | undefined)
}

/** Whether a list holds, or a text contains, any of the values. An empty text is never found. */
function hasAny(where: unknown, values: unknown): boolean {
  if (!Array.isArray(values)) return false
  if (typeof where === 'string') {
    return values.some(value => typeof value === 'string' && value !== '' && where.includes(value))
  }
  return Array.isArray(where) && values.some(value => where.includes(value))
}

/** The `instant` operator gives milliseconds, fields give dates. */
function toMs(value: unknown): number {
  return typeof value === 'number' ? value : toInstantMs(value)
}
