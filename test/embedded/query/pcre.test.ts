import { describe, expect, it } from 'vitest'
import { compileRegex } from '../../../server/embedded/query/regex.ts'

type Case = [pattern: string, options: string, text: string, matches: boolean]

describe('a pattern of PCRE', () => {
  it.each<Case>([
    ['^ab$', '', 'ab', true],
    ['^ab$', '', 'ab\n', true],
    ['^ab$', '', 'ab\n\n', false],
    ['^b$', 'm', 'a\nb\nc', true],
    ['a.c', '', 'a\nc', false],
    ['a.c', '', 'a\rc', true],
    ['a.c', '', 'a😀c', true],
    ['a.c', 's', 'a\nc', true],
    ['\\Aab\\z', '', 'ab', true],
    ['\\Aab\\z', '', 'ab\n', false],
    ['\\Aab\\Z', '', 'ab\n', true],
    ['\\Ab', 'm', 'a\nb', false],
    ['\\Qa.b\\E+', '', 'a.bb', true],
    ['\\Qa.b\\E', '', 'axb', false],
    ['[\\Q^]\\E]+$', '', '^]', true],
    ['^[[:alpha:]_]+$', '', 'ab_', true],
    ['^[[:alpha:]_]+$', '', 'ab1', false],
    ['^[^[:digit:]]+$', '', 'ab1', false],
    ['^[]a]+$', '', 'a]', true],
    ['^[^]a]+$', '', 'b]', false],
    ['^[a^-]+$', '', 'a^-', true],
    ['^[+-]?[0-9]{1,3}$', '', '-12', true],
    ['a{b}', '', 'a{b}', true],
    ['a{,2}', '', 'a{,2}', true],
    ['a]b', '', 'a]b', true],
    ['a\\-b\\_c\\ d\\"', '', 'a-b_c d"', true],
    ['^[\\w\\-.]+@[\\w\\-]+$', '', 'a.b-c@d', true],
    ['^\\s$', '', '\u00a0', false],
    ['^\\S$', '', '\u00a0', true],
    ['^[\\s\\S]$', '', '\u00a0', true],
    ['^\\h+$', '', ' \t\u3000', true],
    ['a\\Rb', '', 'a\r\nb', true],
    ['\\p{Han}', '', '订', true],
    ['^\\p{Lu}', '', 'a', false],
    ['(?i)ORDER', '', 'order', true],
    ['(?<year>\\d{4})-\\k<year>', '', '2026-2026', true],
    ['order', 'i', 'ORDER', true],
    ['a b # text', 'x', 'ab', true],
    ['É', 'i', 'é', true],
    ['\\/\\$1\\.', '', '/$1.', true],
  ])('%j with %j on %j', (pattern, options, text, matches) => {
    expect(compileRegex(pattern, options).test(text)).toBe(matches)
  })

  it.each([
    '(',
    'a**',
    '(?>a)',
    'a++',
    '(?R)',
    '\\K',
    '\\Gx',
    '\\Xa',
    '\\u0041',
    '[[:foo:]]',
    '[:alpha:]',
    '[\\H]',
  ])('%j, which has no equal in JavaScript, is refused', pattern => {
    expect(() => compileRegex(pattern, '')).toThrowError(expect.objectContaining({ code: 51091 }))
  })
})
