import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainCondition } from '../../../server/workflow/logic/explain.ts'
import { anyRule } from './any-rule.ts'
import { fields, v } from './fields.ts'
import { nested } from './nested.ts'

const values = {
  'stock.own.available': 12,
  'stock.own.need': 2,
  'order.urgent': true,
  'order.paidFen': 129_900,
  'order.channel': 'pinduoduo',
  'order.phone': '13812340000',
  'order.orderedAt': new Date('2024-06-18T02:00:00Z'),
  'order.sellerNote': '请加急',
  'order.paidAt': null,
}

const enough = { '>=': [v('stock.own.available'), v('stock.own.need')] }
const sumOfPieces = { reduce: [v('order.items'), { '+': [v('current.quantity'), v('accumulator')] }, 0] }

describe('explainCondition', () => {
  it.each([
    [
      { and: [enough, v('order.urgent')] },
      '本仓可用 12 件 ≥ 需要 2 件 且 急单',
      'own stock 12 pcs ≥ needed 2 pcs and urgent',
    ],
    [{ '<': [v('stock.own.available'), 20] }, '本仓可用 12 件 < 20 件', 'own stock 12 pcs < 20 pcs'],
    [
      { '>': [v('order.paidFen'), 99_900] },
      '实付金额 ¥1,299.00 > ¥999.00',
      'amount paid ¥1,299.00 > ¥999.00',
    ],
    [
      { '>': [99_900, v('order.paidFen')] },
      '¥999.00 > 实付金额 ¥1,299.00',
      '¥999.00 > amount paid ¥1,299.00',
    ],
    [{ '!': v('order.urgent') }, '不是急单（是）', 'not urgent (yes)'],
    [{ '==': [v('order.urgent'), false] }, '不是急单（是）', 'not urgent (yes)'],
    [{ '==': [v('order.channel'), 'pinduoduo'] }, '渠道 是 拼多多', 'channel is Pinduoduo'],
    [
      { '==': ['douyin', v('order.channel')] },
      '渠道 是 抖音（实际 拼多多）',
      'channel is Douyin (actually Pinduoduo)',
    ],
    [
      { in: [v('order.channel'), ['douyin', 'jd']] },
      '渠道 属于 抖音、京东（实际 拼多多）',
      'channel is one of Douyin, JD (actually Pinduoduo)',
    ],
    [
      { starts_with: [v('order.phone'), '170'] },
      '手机号 以 「170」 开头（实际 138****0000）',
      'phone starts with "170" (actually 138****0000)',
    ],
    [
      { '<': [v('order.orderedAt'), { instant: '2024-06-18T12:30:00+08:00' }] },
      '下单时间 2024-06-18 10:00 早于 2024-06-18 12:30',
      'order time 2024-06-18 10:00 is before 2024-06-18 12:30',
    ],
    [
      { in: ['急', v('order.sellerNote')] },
      '卖家备注 含「急」（实际 请加急）',
      'seller\'s note contains "急" (actually 请加急)',
    ],
    [{ '!=': [v('order.paidAt'), null] }, '付款时间 （空） 不为空', 'payment time (empty) is not empty'],
    [
      { '>=': [{ time_of_day: [v('order.orderedAt')] }, 1_350] },
      '下单时间的时刻 10:00 不早于 22:30',
      'time of day of order time 10:00 is not before 22:30',
    ],
    [
      { '<': [{ time_of_day: [v('order.orderedAt'), 'UTC'] }, 125] },
      '下单时间的时刻（UTC） 02:00 早于 02:05',
      'time of day of order time (UTC) 02:00 is before 02:05',
    ],
    [
      { in: [{ weekday: [v('order.orderedAt')] }, [6, 7]] },
      '下单时间的星期 周二 属于 周六、周日',
      'weekday of order time Tuesday is one of Saturday, Sunday',
    ],
    [
      { '==': [{ weekday: v('order.orderedAt') }, 7] },
      '下单时间的星期 周二 = 周日',
      'weekday of order time Tuesday = Sunday',
    ],
    [
      { '>': [{ time_of_day: v('order.paidAt') }, 0] },
      '付款时间的时刻 （空） 晚于 00:00',
      'time of day of payment time (empty) is after 00:00',
    ],
  ])('says %j with its real values', (rule, zh, en) => {
    expect(explainCondition(rule, fields, values)).toEqual({ zh, en })
  })

  it.each([
    [true, '总是成立', 'always'],
    [
      { '>=': [v('order.orderedAt'), { instant: '2024-06-18T00:00:00+08:00' }] },
      '下单时间 不早于 2024-06-18 00:00',
      'order time is not before 2024-06-18 00:00',
    ],
    [
      { or: [{ and: [v('order.urgent'), enough] }, v('order.sellerNote')] },
      '（急单 且 本仓可用 ≥ 需要） 或 卖家备注 不为空',
      "(urgent and own stock ≥ needed) or seller's note is not empty",
    ],
    [
      { '!': { or: [v('order.urgent'), v('order.buyerNote')] } },
      '并非（急单 或 买家留言 不为空）',
      "not (urgent or buyer's note is not empty)",
    ],
    [
      { '!': { in: [v('order.address.province'), ['新疆', '西藏']] } },
      '省 不属于 新疆、西藏',
      'province is not one of 新疆, 西藏',
    ],
    [
      { some: [v('order.items'), { '>': [v('quantity'), 5] }] },
      '至少一项 商品 满足（数量 > 5 件）',
      'at least one of items has (quantity > 5 pcs)',
    ],
    [{ '>': [sumOfPieces, 10] }, '商品 的 数量 合计 > 10 件', 'total quantity of items > 10 pcs'],
    [{ '<=': [1, v('order.items.length'), 3] }, '1 ≤ 商品项数 ≤ 3', '1 ≤ number of items ≤ 3'],
    [
      { '>=': [{ '-': [v('stock.own.available'), { '*': [v('stock.own.need'), 2] }] }, 3] },
      '本仓可用 - （需要 × 2） ≥ 3 件',
      'own stock - (needed × 2) ≥ 3 pcs',
    ],
    [
      { within_minutes: [v('order.orderedAt'), v('order.paidAt'), 3] },
      '下单时间 与 付款时间 相差不超过 3 分钟',
      'order time and payment time are within 3 minutes',
    ],
    [
      { has_any: [v('order.sellerNote'), ['急', '催']] },
      '卖家备注 含有 急、催 之一',
      "seller's note has any of 急, 催",
    ],
    [
      { if: [v('order.urgent'), { '>': [v('order.paidFen'), 100] }, false] },
      '若 急单 则 （实付金额 > ¥1.00），否则 否',
      'if urgent then (amount paid > ¥1.00), else no',
    ],
    [{ '!': { missing: ['order.phone'] } }, '并非（缺少 order.phone）', 'not (missing any of order.phone)'],
    [{ '==': [v('nobody.knows'), 'x'] }, 'nobody.knows 是 x', 'nobody.knows is x'],
  ])('says %j in general words', (rule, zh, en) => {
    expect(explainCondition(rule, fields)).toEqual({ zh, en })
  })

  it('says of a rule it cannot walk that it is faulty', () => {
    expect(explainCondition(nested(20_000), fields)).toEqual({ zh: '（条件有误）', en: '(faulty condition)' })
    expect(explainCondition({ a: 1, b: 2 }, fields).zh).toBe('（条件有误）')
  })

  it('never shows a constant of the rule masked, nor a value of a prototype', () => {
    expect(explainCondition({ '==': [v('order.phone'), '13812340000'] }, fields).zh).toBe(
      '手机号 是 13812340000',
    )
    expect(explainCondition({ '==': [v('constructor'), 'a'] }, fields, {}).zh).toBe('constructor 是 a')
  })

  it('makes a sentence of any rule at all, without undefined or holes', () => {
    fc.assert(
      fc.property(anyRule({ nasty: true, ours: true }), rule => {
        const { zh, en } = explainCondition(rule, fields, values)
        expect(zh + en).not.toMatch(/undefined|\{\d\}|\{all\}|\[object/)
      }),
      { numRuns: 2_000 },
    )
  })
})
