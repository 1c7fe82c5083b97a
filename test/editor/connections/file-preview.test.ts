import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { rowsText } from '../../../editor/connections/files/file-preview.ts'
import { cellsOf } from '../../../editor/connections/files/preview-cells.ts'
import { startWords, type T } from '../../../editor/i18n/i18n.ts'

let t: T
beforeAll(() => {
  startWords('zh')
  t = i18next.getFixedT('zh')
})

describe('rows of a file', () => {
  it.each([
    [[], ''],
    [[7], '7'],
    [[2, 3, 4], '2–4'],
    [[2, 3, 5, 9, 10], '2–3、5、9–10'],
  ] as const)('%j are said as %j', (rows, text) => {
    expect(rowsText(rows)).toBe(text)
  })
})

describe('a line of the preview', () => {
  it('shows a whole order', () => {
    const order = {
      orderId: '6920212345678901001',
      order_customer_name: '欧阳小明',
      phone: '13800138001',
      address: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文一西路901号' },
      items: [
        { sku: 'MILK-1', title: '牛奶', quantity: 2 },
        { sku: 'BREAD', title: '', quantity: 1 },
      ],
      paidFen: 129_900,
      orderedAt: '2020-11-22T02:30:00.000Z',
    }
    expect(cellsOf(order, t)).toEqual({
      orderId: '6920212345678901001',
      customer: '欧阳小明',
      phone: '13800138001',
      address: '浙江省杭州市余杭区文一西路901号',
      goods: ['牛奶 × 2', 'BREAD × 1'],
      paid: '¥1,299.00',
      orderedAt: '2020年11月22日 10:30',
    })
  })

  it('shows what could be read of one that is none, and leaves the rest empty', () => {
    const values = { orderId: 7, 'address.city': '杭州市', items: [{ title: '牛奶' }, {}] }
    expect(cellsOf(values, t)).toEqual({
      orderId: '7',
      customer: '',
      phone: '',
      address: '杭州市',
      goods: ['牛奶'],
      paid: '',
      orderedAt: '',
    })
  })
})
