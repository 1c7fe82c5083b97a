import { MANY, type Operators } from '../operator.ts'

/** Texts: put together, cut, looked at from either end. */
export const textOperators: Operators = {
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
}

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
