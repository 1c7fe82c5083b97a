import { describe, expect, it } from 'vitest'
import { compilePath } from '../../server/nodes/path.ts'

const document = {
  a: { b: [{ c: 1 }, { c: 2 }, {}] },
  'x.y': { z: 'dotted' },
  rows: [{ cells: ['p', 'q'] }, { cells: ['r'] }],
  empty: '',
  list: ['only'],
}
const read = (path: string, base: unknown = document) => compilePath(path)?.(base)

describe('a path', () => {
  it.each([
    ['empty', ''],
    ['a.b[1].c', 2],
    ['a.b[].c', [1, 2]],
    ['rows[].cells[]', ['p', 'q', 'r']],
    ['["x.y"].z', 'dotted'],
    ['list[0]', 'only'],
    ['list[7]', undefined],
    ['a.nothing.c', undefined],
    ['a.b[].nothing', []],
    ['list.length', 1],
  ])('%s reads %j', (path, expected) => expect(read(path)).toEqual(expected))

  it('may begin with the list itself', () => {
    expect(read('[].c', [{ c: 1 }, { c: 2 }])).toEqual([1, 2])
    expect(read('[1].c', [{ c: 1 }, { c: 2 }])).toBe(2)
  })

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a..b',
    'a[',
    'a[x]',
    'a]b',
    '[]a',
    'a.[0]',
    'a[0]b',
    '[""]',
    'a'.concat('.b'.repeat(30)),
  ])('%j is refused', path => expect(compilePath(path)).toBeUndefined())

  it.each(['constructor', '__proto__', 'toString', 'a.constructor.name', 'list.map', '__proto__.polluted'])(
    '%s finds nothing inherited',
    path => expect(read(path)).toBeUndefined(),
  )

  it('reads such a name where the document really has it', () => {
    expect(read('constructor.name', JSON.parse('{"constructor":{"name":"own"}}'))).toBe('own')
    expect(read('__proto__.a', JSON.parse('{"__proto__":{"a":1}}'))).toBe(1)
  })

  it.each([undefined, null, 7, 'text', true])('of %j is nothing', base => {
    for (const path of ['a', 'a.b', '[0]', 'a[].b']) expect(compilePath(path)?.(base)).toBeUndefined()
  })
})
