import type { Text } from '../workflow/text.ts'
import type { Target } from './mapping/targets.ts'

/** What a requirement compares with. */
interface Limits {
  readonly value?: number
  readonly values?: readonly string[]
}

export interface Requirement {
  readonly name: Text
  readonly code: string
  /** What it needs beside the field. */
  readonly takes?: 'value' | 'values'
  /** Types of field it can be asked of; every one where absent. */
  readonly of?: readonly Target['type'][]
  test(value: unknown, limits: Limits): boolean
  words(limits: Limits, shown: (value: number) => string): Text
}

const NUMBERS = ['integer', 'number', 'money'] as const
const TEXTS = ['text', 'kind'] as const

/** One table: the choices of the form, the check of the params, the test and its words. */
export const requirements = {
  present: {
    name: { zh: '必填', en: 'is present' },
    code: 'MISSING',
    test: value =>
      value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === ''),
    words: () => ({ zh: '没有值', en: 'has no value' }),
  },
  atLeast: {
    name: { zh: '不小于', en: 'is at least' },
    code: 'TOO_SMALL',
    takes: 'value',
    of: NUMBERS,
    test: (value, { value: limit = 0 }) => typeof value === 'number' && value >= limit,
    words: ({ value = 0 }, shown) => ({ zh: `小于 ${shown(value)}`, en: `is less than ${shown(value)}` }),
  },
  atMost: {
    name: { zh: '不大于', en: 'is at most' },
    code: 'TOO_LARGE',
    takes: 'value',
    of: NUMBERS,
    test: (value, { value: limit = 0 }) => typeof value === 'number' && value <= limit,
    words: ({ value = 0 }, shown) => ({ zh: `大于 ${shown(value)}`, en: `is more than ${shown(value)}` }),
  },
  minLength: {
    name: { zh: '至少几个字', en: 'has at least so many characters' },
    code: 'TOO_SHORT',
    takes: 'value',
    of: TEXTS,
    test: (value, { value: limit = 0 }) => typeof value === 'string' && [...value].length >= limit,
    words: ({ value = 0 }) => ({ zh: `不到 ${value} 个字`, en: `has less than ${value} characters` }),
  },
  maxLength: {
    name: { zh: '至多几个字', en: 'has at most so many characters' },
    code: 'TOO_LONG',
    takes: 'value',
    of: TEXTS,
    test: (value, { value: limit = 0 }) => typeof value === 'string' && [...value].length <= limit,
    words: ({ value = 0 }) => ({ zh: `超过 ${value} 个字`, en: `has more than ${value} characters` }),
  },
  oneOf: {
    name: { zh: '只能是', en: 'is one of' },
    code: 'NOT_ALLOWED',
    takes: 'values',
    of: TEXTS,
    test: (value, { values = [] }) => typeof value === 'string' && values.includes(value),
    words: ({ values = [] }) => ({
      zh: `只能是 ${values.join('、')}`,
      en: `must be one of ${values.join(', ')}`,
    }),
  },
  noneOf: {
    name: { zh: '不能是', en: 'is none of' },
    code: 'NOT_ALLOWED',
    takes: 'values',
    of: TEXTS,
    test: (value, { values = [] }) => typeof value === 'string' && !values.includes(value),
    words: ({ values = [] }) => ({
      zh: `不能是 ${values.join('、')}`,
      en: `must not be ${values.join(', ')}`,
    }),
  },
} satisfies Record<string, Requirement>
