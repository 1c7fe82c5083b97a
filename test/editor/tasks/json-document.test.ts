import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExact, printExact } from '../../../editor/api/exact-json.ts'
import {
  leavesOf,
  pathText,
  readDocument,
  unwrapped,
  withLeaf,
  withNew,
} from '../../../editor/tasks/json-document.ts'

const LONG_ID = '6920000000000088123'

describe('a document that is mended', () => {
  it('keeps every digit of ids longer than numbers can hold', () => {
    const text = `{"order_id":${LONG_ID},"price":12900,"rate":0.5}`
    const document = parseExact(text)
    expect(printExact(document)).toBe(text)
    const mended = withLeaf(document, ['price'], '9900')
    expect(printExact(mended)).toBe(`{"order_id":${LONG_ID},"price":9900,"rate":0.5}`)
    expect(printExact(withLeaf(document, ['order_id'], `${LONG_ID}9`))).toContain(`"order_id":${LONG_ID}9`)
  })

  it('lists its values by path as a person reads them', () => {
    const document = parseExact('{"a":{"b":[1,{"c":"两件"}]},"d":null,"e":true,"f":[],"g":""}')
    expect(leavesOf(document, 100).map(leaf => [pathText(leaf.path), leaf.text])).toEqual([
      ['a/b/0', '1'],
      ['a/b/1/c', '两件'],
      ['d', 'null'],
      ['e', 'true'],
      ['g', ''],
    ])
  })

  it('lists no more values than asked for', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => i)
    expect(leavesOf(many, 300)).toHaveLength(300)
    expect(leavesOf('just a text', 300)).toEqual([])
  })

  it('keeps the kind of a value while what is typed allows it', () => {
    const document = { n: 1, yes: false, text: '两件', none: null }
    expect(withLeaf(document, ['n'], '2')).toMatchObject({ n: 2 })
    expect(withLeaf(document, ['n'], '2 件')).toMatchObject({ n: '2 件' })
    expect(withLeaf(document, ['yes'], 'true')).toMatchObject({ yes: true })
    // A SKU or a phone of digits stays a text.
    expect(withLeaf(document, ['text'], '007')).toMatchObject({ text: '007' })
    expect(withLeaf(document, ['none'], '12')).toMatchObject({ none: '12' })
  })

  it('changes the one value and nothing else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.string(), (value, pick, typed) => {
        const document: unknown = JSON.parse(JSON.stringify(value))
        const leaves = leavesOf(document, 1_000)
        const leaf = leaves[pick % Math.max(leaves.length, 1)]
        fc.pre(leaf !== undefined)
        const changed = leavesOf(withLeaf(document, leaf!.path, typed), 1_000)
        expect(changed.map(each => pathText(each.path))).toEqual(leaves.map(each => pathText(each.path)))
        const others = (list: typeof leaves) =>
          list.filter(each => pathText(each.path) !== pathText(leaf!.path))
        expect(others(changed)).toEqual(others(leaves))
      }),
    )
  })

  it('takes a field the sender left out', () => {
    const document = { receiver: { name: '陈' }, items: [{ sku: 'A' }] }
    expect(withNew(document, 'receiver/phone', '13800138000')).toEqual({
      receiver: { name: '陈', phone: '13800138000' },
      items: [{ sku: 'A' }],
    })
    expect(withNew(document, 'address/city', '杭州市')).toMatchObject({ address: { city: '杭州市' } })
    expect(withNew(document, 'items/1/sku', 'B')).toMatchObject({ items: [{ sku: 'A' }, { sku: 'B' }] })
  })

  it('refuses a field where there is no place for it', () => {
    const document = { name: '陈', items: [] }
    for (const path of ['name/first', 'items/x/sku', 'items/3/sku', 'items/-1', '', '/a']) {
      expect(withNew(document, path, 'x')).toBeUndefined()
    }
    const polluted = withNew(document, '__proto__/polluted', 'x')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.hasOwn(polluted as object, '__proto__')).toBe(true)
  })

  it('does not let a field of a prototype name reach the prototype', () => {
    const document = parseExact('{"__proto__":{"polluted":"1"},"constructor":"x"}')
    const changed = withLeaf(document, ['constructor'], 'y')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.hasOwn(changed as object, '__proto__')).toBe(true)
  })

  it('is shown as itself where it arrived encoded twice or cut off', () => {
    expect(unwrapped(JSON.stringify('{"tid":1,"pa'))).toBe('{"tid":1,"pa')
    expect(unwrapped('{"tid":1}')).toBe('{"tid":1}')
    expect(unwrapped('"cut of')).toBe('"cut of')
  })

  it('says where a text stops being JSON', () => {
    expect(readDocument('{"a":1}')).toEqual({ document: { a: 1 } })
    expect(readDocument('{\n  "a": 1,\n  oops\n}')).toEqual({ fault: { line: 3, column: 3 } })
    expect(readDocument('{"a":\n "x')).toEqual({ fault: { line: 2, column: 4 } })
    expect(readDocument('')).toEqual({ fault: { line: 1, column: 1 } })
  })
})
