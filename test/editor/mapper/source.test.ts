import { LosslessNumber } from 'lossless-json'
import { describe, expect, it } from 'vitest'
import type { Row } from '../../../editor/mapper/language.ts'
import { fitsInto, rulesWithPut } from '../../../editor/mapper/mapper-state.ts'
import {
  inSentOrder,
  readSamples,
  sentSamples,
  sourceText,
  splitSamples,
  withDocuments,
} from '../../../editor/mapper/samples.ts'
import {
  entriesAt,
  idOf,
  listAround,
  nodesOf,
  pathFor,
  sourceTree,
} from '../../../editor/mapper/source-tree.ts'
import { compileSource } from '../../../server/nodes/mapping/scope.ts'
import { compilePath } from '../../../server/nodes/path.ts'

const document = {
  tid: new LosslessNumber('4123456789012345678'),
  'a.b': 1,
  buyer: { name: '张三' },
  orders: {
    order: [
      { num: 1, attrs: [{ v: 'red' }] },
      { num: 2, code: 'X' },
    ],
  },
  tags: ['a', 'b'],
  none: null,
}

const nodes = nodesOf(sourceTree([document]))
const ids = nodes.map(({ id }) => id)
const node = (id: string) => nodes.find(each => each.id === id)!
const name = (n: number) => `sample ${n}`

describe('the tree of source documents', () => {
  it('has every place once, lists with the fields of all their entries', () => {
    expect(ids).toEqual([
      'tid',
      '["a.b"]',
      'buyer',
      'buyer.name',
      'orders',
      'orders.order',
      'orders.order[].num',
      'orders.order[].attrs',
      'orders.order[].attrs[].v',
      'orders.order[].code',
      'tags[]',
      'none',
    ])
    expect(node('orders.order')).toMatchObject({ kind: 'list', count: 2 })
    expect(node('tid')).toMatchObject({ kind: 'number' })
    expect(node('tags[]')).toMatchObject({ kind: 'values', count: 2 })
    expect(node('none').kind).toBe('empty')
  })

  it('joins the fields of several documents and knows what each of them says', () => {
    const both = sourceTree([{ a: 1 }, { a: '', b: true }])
    expect(both.map(({ id, kind, values }) => [id, kind, values])).toEqual([
      ['a', 'number', [1, '']],
      ['b', 'boolean', [undefined, true]],
    ])
  })

  it('names places by paths the server reads', () => {
    for (const { id } of nodes) expect(compilePath(id), id).toBeDefined()
  })

  it('shows long ids digit for digit and long texts cut', () => {
    expect(sourceText(node('tid').values[0])).toBe('4123456789012345678')
    expect(sourceText('x'.repeat(100))).toHaveLength(61)
  })
})

describe('the path of a field', () => {
  it('is short within its own entry, and starts at the document for all else', () => {
    expect(pathFor('orders.order[].num', 'orders.order')).toBe('num')
    expect(pathFor('orders.order[].attrs[].v', 'orders.order')).toBe('attrs[].v')
    expect(pathFor('buyer.name', 'orders.order')).toBe('$.buyer.name')
    expect(pathFor('["a.b"]', 'orders.order')).toBe('$["a.b"]')
    expect(pathFor('buyer.name', undefined)).toBe('buyer.name')
    expect(pathFor('sku', '$')).toBe('sku')
  })

  it('leads back to its place, and is one the server reads', () => {
    const all = new Set(ids)
    for (const each of [undefined, '$', 'orders.order']) {
      for (const id of ids) {
        const path = pathFor(id, each)
        expect(idOf(path, each, all), `${id} in ${each}`).toBe(id)
        expect(compileSource(path), path).toBeDefined()
      }
    }
    expect(idOf('gone', 'orders.order', all)).toBeUndefined()
  })

  it('knows the list around a place', () => {
    expect(listAround('orders.order[].attrs[].v')).toBe('orders.order[].attrs')
    expect(listAround('buyer.name')).toBeUndefined()
  })
})

describe('a pasted text', () => {
  it('is one document, a list of them, or one on each line, at most five', () => {
    expect(readSamples('\uFEFF{"a":1}')).toEqual({ documents: [{ a: 1 }], left: 0 })
    expect(readSamples('[{"a":1},{"a":2}]')).toEqual({ documents: [{ a: 1 }, { a: 2 }], left: 0 })
    expect(readSamples('{"a":1}\n{"a":2}\n')).toEqual({ documents: [{ a: 1 }, { a: 2 }], left: 0 })
    expect(readSamples(JSON.stringify(Array.from({ length: 8 }, (_, a) => ({ a }))))).toMatchObject({
      left: 3,
    })
  })

  it('is refused with the place where it stops being JSON, or for holding no order', () => {
    expect(readSamples('{\n"a": 1,\n"b"')).toEqual({ fault: { line: 3, column: 4 } })
    expect(readSamples('  ')).toEqual({ fault: 'empty' })
    for (const text of ['3', '[]', '"x"', '[1,2]', 'null'])
      expect(readSamples(text)).toEqual({ fault: 'not-objects' })
  })
})

describe('samples', () => {
  it('make room for newer ones and keep names of their own', () => {
    const first = withDocuments([], [{ a: 1 }, { a: 2 }], name)
    const more = withDocuments(first, [{ a: 3 }, { a: 4 }, { a: 5 }, { a: 6 }], name)
    expect(more.map(each => each.name)).toEqual(['sample 3', 'sample 4', 'sample 5', 'sample 6', 'sample 1'])
    expect(new Set(more.map(({ id }) => id)).size).toBe(5)
  })

  it('that each hold a batch of orders become the orders', () => {
    const batch = withDocuments([], [{ data: { list: [{ id: 1 }, { id: 2 }] } }], name)
    expect(splitSamples(batch, 'data.list', name).map(each => each.document)).toEqual([{ id: 1 }, { id: 2 }])
    expect(entriesAt({ data: 3 }, 'data.list')).toEqual([])
  })

  it('go to the server as documents or by their ids, and come back in that order', () => {
    const [pasted] = withDocuments([], [{ a: 1 }], name)
    const taken = { id: 'e1', name: 'e1', document: { a: '*' }, event: 'e1' }
    expect(sentSamples([taken, pasted!])).toEqual({ documents: [{ a: 1 }], events: ['e1'] })
    expect(inSentOrder([taken, pasted!])).toEqual([pasted, taken])
  })
})

describe('a place put into a field', () => {
  const row = (key: string, type = 'text'): Row => ({
    key,
    target: { path: key.replace('items.', ''), type, name: { zh: key, en: key }, need: 'may', coveredBy: [] },
  })

  it('brings the steps its values ask for', () => {
    const put = (type: string, look?: object) =>
      rulesWithPut([], node('tid'), row('x', type), look, false)[0]?.transforms
    expect(put('instant', { date: { use: 'date', format: 'epoch-ms' } })).toEqual([
      { use: 'date', format: 'epoch-ms' },
    ])
    expect(put('money', { unit: 'fen' })).toBeUndefined()
    expect(put('money', { unit: 'yuan' })).toEqual([{ use: 'yuan' }])
    expect(put('integer')).toBeUndefined()
  })

  it('decides for a field of an entry which list the items are, where none is chosen yet', () => {
    const rules = rulesWithPut([], node('orders.order[].code'), row('items.sku'), undefined, false)
    expect(rules).toEqual([
      {
        to: 'items',
        each: 'orders.order',
        fields: [{ to: 'sku', from: 'code', transforms: [{ use: 'trim' }] }],
      },
    ])
    expect(
      rulesWithPut(rules, node('buyer.name'), row('items.title'), undefined, false)[0]?.fields?.[1]?.from,
    ).toBe('$.buyer.name')
  })

  it('makes items of a list, and never a field of one', () => {
    expect(fitsInto(node('orders.order'), row('items'))).toBe(true)
    expect(fitsInto(node('orders.order'), row('phone'))).toBe(false)
    expect(fitsInto(node('tid'), row('items'))).toBe(false)
    expect(rulesWithPut([], node('orders.order'), row('phone'), undefined, false)).toEqual([])
    expect(rulesWithPut([], node('orders.order'), row('items'), undefined, false)).toEqual([
      { to: 'items', each: 'orders.order', fields: [] },
    ])
  })
})
