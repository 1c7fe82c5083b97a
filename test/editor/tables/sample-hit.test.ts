import { describe, expect, it } from 'vitest'
import { tryOnSample } from '../../../editor/tables/sample-hit.ts'
import { fields, v } from '../../workflow/logic/fields.ts'

const row = (id: string, when: unknown) => ({ id, name: id, when, port: id, action: id })
const rows = [
  row('own', { '>=': [v('stock.own.available'), v('stock.own.need')] }),
  row('unread', '库存多得很'),
  row('early', { '<': [v('order.orderedAt'), { instant: '2026-10-02T00:00:00+08:00' }] }),
  row('urgent', v('order.urgent')),
]
const data = {
  order: { orderedAt: '2026-10-01T02:00:00.000Z', urgent: true },
  stock: { own: { available: 1, need: 2 } },
}

describe('the sample order in a decision table', () => {
  it('hits the first row that fits, and the rows above say why not, with the real values', () => {
    const { lines, hits } = tryOnSample(rows, 'first', data, fields)
    expect(hits).toEqual(['early'])
    expect(lines.get('own')).toEqual({
      holds: false,
      words: { zh: '本仓可用 1 件 ≥ 需要 2 件', en: 'own stock 1 pcs ≥ needed 2 pcs' },
    })
    expect(lines.get('early')?.words.zh).toBe('下单时间 2026-10-01 10:00 早于 2026-10-02 00:00')
  })

  it('leaves out rows that are not asked: those below the hit, and those without a condition', () => {
    expect([...tryOnSample(rows, 'first', data, fields).lines.keys()]).toEqual(['own', 'early'])
  })

  it('hits every row that fits where all are done', () => {
    expect(tryOnSample(rows, 'all', data, fields).hits).toEqual(['early', 'urgent'])
  })
})
