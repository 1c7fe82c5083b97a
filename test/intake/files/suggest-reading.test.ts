import { describe, expect, it } from 'vitest'
import { rowsOfOneOrder, suggestReading } from '../../../server/intake/files/suggest-reading.ts'
import { readText } from './file-room.ts'

const HEADER = '订单号,收货人,手机,收货地址,商品名称,数量,金额,下单时间'
const row = (id: string, goods: string, amount: string) =>
  `${id},张三,13800138000,浙江省杭州市余杭区文一西路9号,${goods},1,${amount},2026-11-22 10:30`

const suggested = async (rows: readonly string[], header = HEADER) => {
  const groupRowsBy = '订单号'
  const { mapping, ...rest } = suggestReading(
    await readText([header, ...rows].join('\n'), { groupRowsBy }),
    groupRowsBy,
  )
  const from = (fields: readonly { to: string; from?: unknown }[]) =>
    Object.fromEntries(fields.map(field => [field.to, field.from]))
  return {
    ...rest,
    order: from(mapping.fields),
    item: from(mapping.fields.find(({ to }) => to === 'items')?.fields ?? []),
  }
}

describe('a reading made for a file', () => {
  it('takes amounts that differ between the rows of an order for those of its items', async () => {
    const { order, item } = await suggested([
      row('A', '苹果', '10'),
      row('A', '梨', '20'),
      row('B', '枣', '5'),
    ])
    expect(order).not.toHaveProperty('paidFen')
    expect(item).toMatchObject({ paidFen: '金额', sku: '商品名称', title: '商品名称' })
  })

  it('takes amounts said once, or repeated, for those of the whole order', async () => {
    for (const rows of [
      [row('A', '苹果', '30'), row('A', '梨', '')],
      [row('A', '苹果', '30'), row('A', '梨', '30')],
    ]) {
      const { order, item } = await suggested(rows)
      expect(order).toMatchObject({ paidFen: '金额' })
      expect(item).not.toHaveProperty('paidFen')
    }
  })

  it('prefers codes of goods to their names', async () => {
    const header = HEADER.replace('商品名称', '商家编码')
    expect((await suggested([row('A', 'MILK-1', '30')], header)).item).toMatchObject({ sku: '商家编码' })
  })

  it('names what no order can be without, and what people would miss', async () => {
    const { missing, absent } = await suggested(['A,牛奶,1'], '订单号,商品名称,数量')
    expect(missing.map(({ zh }) => zh)).toEqual(['下单时间'])
    expect(absent.map(({ zh }) => zh)).toEqual(['收件人', '手机号', '地址', '实付金额'])
  })
})

describe('orders in several rows', () => {
  const several = async (text: string) => rowsOfOneOrder(await readText(text), ['订单号'])

  it('are found by numbers that come again, and by rows that go on without one', async () => {
    expect(await several('订单号,收货人\nA,张三\nA,张三\nB,李四')).toEqual({ column: '订单号', orders: 1 })
    expect(await several('订单号,收货人,商品\nA,张三,苹果\n,,梨\nB,李四,枣')).toEqual({
      column: '订单号',
      orders: 1,
    })
  })

  it('are not found where every row has its own, or lost it', async () => {
    expect(await several('订单号,收货人\nA,张三\nB,李四')).toBeUndefined()
    expect(await several('订单号,收货人\nA,张三\n,李四\n,王五')).toBeUndefined()
    expect(await several('收货人,商品\n张三,苹果')).toBeUndefined()
  })
})
