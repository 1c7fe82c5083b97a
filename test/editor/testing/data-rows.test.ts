import { describe, expect, it } from 'vitest'
import { parseExact } from '../../../editor/api/exact-json.ts'
import { dataRows } from '../../../editor/testing/data-rows.ts'
import { fieldNames } from '../../../editor/testing/field-names.ts'

const names = fieldNames([
  {
    adds: {
      '*': [
        {
          path: 'stock.own.available',
          type: 'number',
          name: { zh: '本仓可用', en: 'own warehouse available' },
          unit: { zh: '件', en: 'pcs' },
        },
      ],
    },
  },
])

const rows = (input: Record<string, unknown>, changes: Parameters<typeof dataRows>[0]['changes'] = []) =>
  dataRows({ input, changes }, names, 'zh')

describe('the data of a step', () => {
  it('is told by the names people know, with units and money', () => {
    expect(rows({ order: { paidFen: 129_900, urgent: true }, stock: { own: { available: 12 } } })).toEqual([
      { path: 'order.paidFen', name: '实付金额', changed: false, was: '¥1,299.00' },
      { path: 'order.urgent', name: '急单', changed: false, was: '是' },
      { path: 'stock.own.available', name: '本仓可用', changed: false, was: '12 件' },
    ])
  })

  it('puts what the step changed first, before and after, and tells it once', () => {
    const told = rows({ order: { orderId: '1', urgent: false } }, [
      { path: 'order.urgent', before: false, after: true },
      { path: 'decision.row', after: '本仓库存' },
    ])
    expect(told.map(({ path, changed, was, became }) => [path, changed, was, became])).toEqual([
      ['order.urgent', true, '否', '是'],
      ['decision.row', true, undefined, '本仓库存'],
      ['order.orderId', false, '1', undefined],
    ])
  })

  it('opens a whole order that a mapping made, and the lines of it', () => {
    const told = rows({}, [
      { path: '', before: {}, after: { order: { orderId: '7', items: [{ sku: 'A', quantity: 2 }] } } },
    ])
    expect(told.map(({ name, became }) => [name, became])).toEqual([
      ['订单号', '7'],
      ['商品 1 · 商品编码', 'A'],
      ['商品 1 · 数量', '2 件'],
    ])
  })

  it('says that something was taken away', () => {
    expect(
      rows({ order: { phone: '138****0000' } }, [{ path: 'order.phone', before: '138****0000' }]),
    ).toEqual([{ path: 'order.phone', name: '手机号', changed: true, was: '138****0000' }])
  })

  it('leaves masked buyers as they came and long numbers digit for digit', () => {
    const source = parseExact('{"id": 12345678901234567890}') as Record<string, unknown>
    expect(rows({ order: { phone: '138****0000' }, source }).map(({ was }) => was)).toEqual([
      '138****0000',
      '12345678901234567890',
    ])
  })

  it('is nothing where nothing came', () => {
    expect(dataRows({ changes: [] }, names, 'zh')).toEqual([])
  })
})
