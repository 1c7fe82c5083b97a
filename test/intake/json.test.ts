import fc from 'fast-check'
import { parse } from 'lossless-json'
import { expect, it } from 'vitest'
import { parseJson, readJson } from '../../server/intake/json.ts'

it.each([
  ['{"tid":4123456789012345678,"num":2}', { tid: '4123456789012345678', num: 2 }],
  [
    '[-9007199254740993, 9007199254740992, 9007199254740991]',
    ['-9007199254740993', '9007199254740992', 9007199254740991],
  ],
  [
    '{"note":"tid 4123456789012345678, \\"4123456789012345678\\"","id":1}',
    { note: 'tid 4123456789012345678, "4123456789012345678"', id: 1 },
  ],
  ['{"path":"c:\\\\","id":4123456789012345678}', { path: 'c:\\', id: '4123456789012345678' }],
  ['{"4123456789012345678":4123456789012345678}', { '4123456789012345678': '4123456789012345678' }],
  [
    '[0.12345678901234566, 1234567890123456789.5, 4123456789012345678]',
    [0.12345678901234566, '1234567890123456789.5', '4123456789012345678'],
  ],
  ['[1e3, 12345678901234567e2, true, null]', [1000, '12345678901234567e2', true, null]],
])('keeps whole numbers beyond 2^53 digit for digit: %s', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})

it('reads any document as a parser that keeps every digit does', () => {
  const big = fc.bigInt({ min: 10n ** 16n, max: 10n ** 20n }).map(id => ({ id }))
  const leaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null), big)
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
    ),
  }))
  const write = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    if ('id' in value && typeof value.id === 'bigint')
      return `{ "id": ${value.id}, "text": "n: ${value.id}" }`
    if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${write(each)}`)
      .join(',')}}`
  }
  const exact = (digits: string) => {
    const number = Number(digits)
    return Number.isInteger(number) && !Number.isSafeInteger(number) ? digits : number
  }
  fc.assert(
    fc.property(tree, document => {
      const text = `{"doc": ${write(document)}, "tid": 4123456789012345678}`
      const { value, isPlain } = readJson(text)
      expect({ value, isPlain }).toEqual({ value: parse(text, undefined, exact), isPlain: false })
    }),
    { numRuns: 200 },
  )
})

it.each(['{"a":4123456789012345678', '4123456789012345678x', '{"a": 04123456789012345678}'])(
  'refuses what is no JSON: %s',
  text => {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  },
)

it('takes a megabyte of text with a big id in its stride', () => {
  const text = JSON.stringify({ note: '\\"长'.repeat(200_000) }).replace('}', ',"id":4123456789012345678}')
  expect((parseJson(text) as { id: string }).id).toBe('4123456789012345678')
})
