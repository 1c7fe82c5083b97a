import { describe, expect, it } from 'vitest'
import { effectWords, holdWords } from '../../server/simulate/effect-words.ts'
import type { Effect } from '../../server/world/world.ts'

const names = {
  warehouse: (id: string) => ({ hz: '杭州仓', nb: '宁波仓' })[id] ?? id,
  connection: (id: string) => (id === 's1' ? '老李供货' : id),
}
const lines = [
  { sku: 'MILK-1', quantity: 2 },
  { sku: 'TEA', quantity: 1 },
]
const words = (effect: Effect) => effectWords(effect, names)

describe('what a run would do to the world', () => {
  it('is told with warehouses and SKUs by name', () => {
    const hold = { key: 'k', orderKey: 'o', orderId: 'o', warehouse: 'hz', lines }
    expect(holdWords(hold, names)).toEqual({
      zh: '从杭州仓锁定 MILK-1 2 件、TEA 1 件',
      en: 'Hold 2 MILK-1, 1 TEA at 杭州仓',
    })
    const transfer = { kind: 'transfer', orderId: 'o', from: 'nb', to: 'hz', lines, distanceKm: 140 } as const
    expect(words({ ...transfer, dueDay: '2026-10-02' }).zh).toBe(
      '从宁波仓调拨 MILK-1 2 件、TEA 1 件 到杭州仓，2026-10-02 到货',
    )
    expect(words({ kind: 'purchase', orderId: 'o', supplier: 's1', lines, urgent: true }).zh).toBe(
      '向「老李供货」采购 MILK-1 2 件、TEA 1 件，加急',
    )
    expect(words({ kind: 'restock', orderId: 'o', warehouse: 'hz', lines }).zh).toBe(
      '把 MILK-1 2 件、TEA 1 件 放回杭州仓',
    )
  })

  it('names the shops where a SKU goes off sale and back on sale', () => {
    const sellers = [
      { id: 'pdd', name: '拼多多店', channel: 'pinduoduo', sells: 'hand' },
      { id: 'tb', name: '淘宝店', channel: 'taobao', sells: 'call' },
    ] as const
    const freeze = { kind: 'freeze', sku: 'MILK-1', reason: '', sellers, assignee: '' } as const
    expect(words(freeze)).toEqual({
      zh: '在拼多多店、淘宝店停售 MILK-1',
      en: 'Take off sale MILK-1 at 拼多多店, 淘宝店',
    })
    expect(words({ ...freeze, kind: 'unfreeze' }).zh).toBe('在拼多多店、淘宝店恢复销售 MILK-1')
    expect(words({ ...freeze, sellers: [] }).zh).toBe('没有店铺可以停售 MILK-1')
  })

  it('names the task and whether the run waits for it', () => {
    const task = {
      kind: 'task',
      orderId: 'o',
      topic: 't',
      title: '缺货 A1',
      detail: '',
      assignee: '',
    } as const
    expect(words({ ...task, choices: [] })).toEqual({
      zh: '给处理人建待办「缺货 A1」',
      en: 'Create task "缺货 A1"',
    })
    expect(words({ ...task, assignee: '小王', choices: ['a'] }).zh).toBe(
      '给小王建待办「缺货 A1」，等人选择后再继续',
    )
  })

  it('names where a call goes, but not its whole address', () => {
    const url = 'https://hooks.example.com/send?key=secret'
    expect(words({ kind: 'notify', url, body: {} })).toEqual({
      zh: '向 hooks.example.com 发送通知',
      en: 'Notify hooks.example.com',
    })
  })

  it('says when a timer goes off and how much is to be mended', () => {
    expect(words({ kind: 'timer', dueAt: new Date('2026-10-01T02:30:00Z'), port: 'due' }).zh).toBe(
      '定时到 2026-10-01 10:30 再继续',
    )
    const problem = { field: 'phone', code: 'MISSING', message: '', messageEn: '' }
    expect(words({ kind: 'quarantine', problems: [problem] }).en).toBe(
      'Quarantine it until 1 problem is mended',
    )
  })
})
