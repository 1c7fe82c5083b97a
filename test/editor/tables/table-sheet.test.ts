import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOfTable, readPasted, rowOf } from '../../../editor/tables/table-sheet.ts'
import { asTabbed } from '../../../server/workflow/table/sheet.ts'
import type { TableRow } from '../../../server/workflow/table/table-row.ts'
import { fields, v } from '../../workflow/logic/fields.ts'

const words = { header: ['条件类型', '判断逻辑', '执行动作'], otherwise: '其它', language: 'zh' } as const
const withoutIds = ({ name, when, action }: Partial<TableRow>) => ({ name, when, action })

function copied(rows: readonly TableRow[], otherwise: string): string {
  return asTabbed(cellsOfTable(rows, otherwise, fields, words))
}

describe('pasting from a spreadsheet', () => {
  it('reads the seed table as somebody wrote it in Excel', () => {
    const text = [
      '条件类型\t判断逻辑\t执行动作',
      '本仓库存\t本仓可用 >= 需要\t锁定并发货',
      '邻近仓库存\t"邻近仓够货\n且 邻近仓距离 < 200公里"\t生成调拨单',
      '紧急订单\t急单\t触发采购',
      '其它\t\t转人工处理',
    ].join('\r\n')
    const { rows, otherwise } = readPasted(text, fields, [])
    expect(rows.map(row => rowOf(row, ''))).toEqual([
      {
        name: '本仓库存',
        when: { '>=': [v('stock.own.available'), v('stock.own.need')] },
        action: '锁定并发货',
      },
      {
        name: '邻近仓库存',
        when: { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
        action: '生成调拨单',
      },
      { name: '紧急订单', when: v('order.urgent'), action: '触发采购' },
    ])
    expect(otherwise).toBe('转人工处理')
  })

  it('keeps what it does not understand, or is not sure of, as it was written', () => {
    const { rows } = readPasted('A\t库存多得很\t发货\nB\t距离 < 200 km\t调拨\nC\t\t采购', fields, [])
    expect(rows.map(row => rowOf(row, '').when)).toEqual(['库存多得很', '距离 < 200 km', undefined])
    expect(rows.map(({ reading }) => reading?.isSure)).toEqual([undefined, false, undefined])
  })

  it('names rows that came without a name', () => {
    expect(rowOf(readPasted('急单\t采购', fields, []).rows[0]!, '规则 1').name).toBe('规则 1')
  })

  it('takes a stray quote for what it is', () => {
    expect(readPasted('19" 屏\t急单\t发"货"', fields, []).rows[0]).toMatchObject({
      name: '19" 屏',
      action: '发"货"',
    })
  })
})

describe('a table copied to a spreadsheet and pasted back', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '本仓',
      '第一行\n第二行',
      '带\t制表符',
      '说"好"',
      '=SUM(A1)',
      "'引号",
      '-5',
      '@某人',
      '+1',
    ),
    fc.string({
      minLength: 1,
      maxLength: 12,
      unit: fc.constantFrom('a', '中', '"', "'", ' ', '\t', '\n', '='),
    }),
  )
  const text = cell.map(each => each.trim()).filter(each => each !== '')
  const when = fc.constantFrom<unknown[]>(
    v('order.urgent'),
    true,
    { '>=': [v('order.paidFen'), 12_345] },
    {
      and: [v('stock.near.covers'), { or: [{ '<': [v('stock.near.distanceKm'), 1.5] }, v('order.urgent')] }],
    },
    // Too long or too odd to be read back from its sentence alone.
    { in: [v('order.address.city'), Array.from({ length: 12 }, (_, index) => `城${index}`)] },
    { '==': [v('order.shop'), `店${'长'.repeat(80)}`] },
    { '>': [{ '+': [v('stock.own.available'), v('stock.own.need')] }, 5] },
    '写了没看懂的一句话',
    undefined,
  )

  it('is the same table', () => {
    const row = fc.record({ id: fc.constant('r'), name: text, when, port: fc.constant('p'), action: text })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), text, (rows, otherwise) => {
        const pasted = readPasted(copied(rows, otherwise), fields, rows)
        expect(pasted.rows.map(each => rowOf(each, '')).map(withoutIds)).toEqual(rows.map(withoutIds))
        expect(pasted.otherwise).toBe(otherwise)
      }),
      { numRuns: 200 },
    )
  })
})
