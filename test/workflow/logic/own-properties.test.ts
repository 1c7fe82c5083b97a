import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { pathReader } from '../../../server/workflow/logic/own.ts'
import { siteReader } from '../../../server/workflow/logic/read-sites.ts'
import { applyReference } from '../../../server/workflow/logic/reference.ts'

const order = { name: '王小明', items: [{ sku: 'A' }, { sku: 'B' }], deep: { at: new Date(0) } }
const PROTOTYPE_PATHS = [
  'constructor',
  'constructor.name',
  '__proto__',
  '__proto__.polluted',
  'toString',
  'items.map',
  'items.constructor.constructor',
  'name.big',
  'deep.at.getTime',
  'deep.hasOwnProperty',
]

describe('var', () => {
  it.each(PROTOTYPE_PATHS)('finds nothing of a prototype: %s', path => {
    for (const reader of [pathReader, siteReader]) {
      expect(compileLogic({ var: path }, reader)(order)).toBe(null)
      expect(compileLogic({ var: [path, 'none'] }, reader)(order)).toBe('none')
    }
    expect(compileLogic({ var: { cat: path } })(order)).toBe(null)
    expect(compileLogic({ missing: [path] })(order)).toEqual([path])
    expect(applyReference({ var: path }, order)).toBe(null)
    expect(applyReference({ missing: [path] }, order)).toEqual([path])
  })

  it('finds such names where the data itself has them', () => {
    const data: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":"BASF"}')
    for (const reader of [pathReader, siteReader]) {
      expect(compileLogic({ var: '__proto__.a' }, reader)(data)).toBe(1)
      expect(compileLogic({ var: 'constructor' }, reader)(data)).toBe('BASF')
    }
  })

  it('reads entries and lengths of lists and texts, as the reference does', () => {
    for (const path of ['items.length', 'items.1.sku', 'name.length', 'name.0', 'items.7', 'items.-1']) {
      expect(compileLogic({ var: path })(order)).toEqual(jsonLogic.apply({ var: path }, order))
    }
    expect(compileLogic({ var: 'items.length' })(order)).toBe(2)
  })
})

describe('the reference', () => {
  it('leaves json-logic-js as it is for everybody else', () => {
    applyReference({ var: 'a' }, {})
    expect(typeof jsonLogic.apply({ var: 'constructor' }, {})).toBe('function')
    expect(() => jsonLogic.apply({ starts_with: ['ab', 'a'] } as never, {})).toThrow(/Unrecognized/)
  })
})

describe('missing', () => {
  it('never works out keys that come as data', () => {
    const data = { keys: [{ var: 'secret' }], secret: 'other', other: null }
    expect(compileLogic({ missing: { var: 'keys' } })(data)).toEqual([{ var: 'secret' }])
    expect(applyReference({ missing: { var: 'keys' } }, data)).toEqual([{ var: 'secret' }])
  })
})
