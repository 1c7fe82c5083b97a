import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainCondition } from '../../../server/workflow/logic/explain.ts'
import { readCondition } from '../../../server/workflow/table/read/condition.ts'
import { fields, v } from '../logic/fields.ts'

const read = (text: string) => {
  const reading = readCondition(text, fields)
  return reading && { ...reading, words: explainCondition(reading.rule, fields).zh }
}

describe('reading a condition written in words', () => {
  it.each([
    '本仓可用 ≥ 需要',
    '邻近仓够货 且 邻近仓距离 < 200 km',
    '急单',
    '不是急单',
    '渠道 是 淘宝',
    '渠道 不是 淘宝',
    '渠道 属于 淘宝、天猫',
    '渠道 不属于 淘宝、天猫',
    '省 属于 浙江省、江苏省',
    '实付金额 ≥ ¥500.00',
    '实付金额 > ¥1,299.00',
    '卖家备注 含「加急」',
    '卖家备注 不含「加急」',
    '买家留言 含有 急、快 之一',
    '卖家备注 为空',
    '卖家备注 不为空',
    '付款时间 为空',
    '邻近仓距离 不为空',
    '手机号 以 「138」 开头',
    '店铺 是 织单旗舰店',
    '下单时间 早于 2026-10-01 10:00',
    '100 km < 邻近仓距离 < 200 km',
    '商品项数 > 3',
    '商品 的 数量 合计 > 10 件',
    '商品 的 商品实付 合计 ≥ ¥500.00',
    '至少一项 商品 满足（数量 > 1 件）',
    '每项 商品 都满足（商品编码 是 MILK-1 且 数量 > 1 件）',
    '（急单 或 渠道 是 京东） 且 实付金额 > ¥1,299.00',
    '急单 或 （渠道 是 京东 且 实付金额 > ¥100.00）',
    '并非（急单 且 渠道 是 京东）',
    '总是成立',
  ])('reads the sentence the product prints: %s', text => {
    expect(read(text)).toMatchObject({ words: text, isSure: true })
  })

  it.each([
    ['本仓可用>=需要', '本仓可用 ≥ 需要'],
    ['本仓可用大于等于需要', '本仓可用 ≥ 需要'],
    ['本仓可用不少于需要', '本仓可用 ≥ 需要'],
    ['邻近仓够货且邻近仓距离近于200公里', '邻近仓够货 且 邻近仓距离 < 200 km'],
    ['邻近仓够货　并且　邻近仓距离小于２００ＫＭ', '邻近仓够货 且 邻近仓距离 < 200 km'],
    ['急单或者渠道是京东', '急单 或 渠道 是 京东'],
    ['实付金额≥５００元', '实付金额 ≥ ¥500.00'],
    ['实付金额 超过 1.5 万元', '实付金额 > ¥15,000.00'],
    ['实付金额≥￥1,299', '实付金额 ≥ ¥1,299.00'],
    ['渠道是淘宝或天猫', '渠道 属于 淘宝、天猫'],
    ['急单=是', '急单'],
    ['邻近仓够货：否', '不是邻近仓够货'],
    ['(急单 或 渠道=京东) 且 实付金额>100', '（急单 或 渠道 是 京东） 且 实付金额 > ¥100.00'],
    ['买家留言 含 急 且 急单', '买家留言 含「急」 且 急单'],
    ['urgent and amount paid >= 500', '急单 且 实付金额 ≥ ¥500.00'],
    ['channel is one of Taobao, Tmall', '渠道 属于 淘宝、天猫'],
  ])('reads it as people write it: %s', (text, words) => {
    expect(read(text)).toMatchObject({ words, isSure: true })
  })

  it.each([
    ['本仓可用 ≥ 需求', '本仓可用 ≥ 需要'],
    ['邻近仓够货 且 距离 < 200 km', '邻近仓够货 且 邻近仓距离 < 200 km'],
    ['邻近仓够货，邻近仓距离 < 200 km', '邻近仓够货 且 邻近仓距离 < 200 km'],
    ['金额超过1万元', '实付金额 > ¥10,000.00'],
    ['渠道 是 淘宝网', '渠道 是 淘宝'],
    ['实付金额500元以上', '实付金额 ≥ ¥500.00'],
    ['急单 或 渠道 是 京东 且 邻近仓够货', '急单 或 （渠道 是 京东 且 邻近仓够货）'],
  ])('asks whether it was meant so where it had to guess: %s', (text, words) => {
    expect(read(text)).toMatchObject({ words, isSure: false })
  })

  it.each([
    '',
    '库存多得很',
    '看情况',
    '实付金额 ≥ 3 件',
    '邻近仓距离 < 200 元',
    '急单 且',
    '本仓可用 ≥ 急单',
    '省 属于 浙江省、江苏省 等 12 项',
    `店铺 是 ${'长'.repeat(500)}`,
  ])('does not make up a meaning: %s', text => {
    expect(read(text)).toBeUndefined()
  })

  it('takes amounts as fen, instants on the clock of Asia/Shanghai', () => {
    expect(read('实付金额 = 12.34 元')?.rule).toEqual({ '==': [v('order.paidFen'), 1_234] })
    expect(read('下单时间 不早于 2026-10-01')?.rule).toEqual({
      '>=': [v('order.orderedAt'), { instant: '2026-10-01T00:00:00+08:00' }],
    })
  })

  it('ends in time whatever it is given', () => {
    const words = fc.constantFrom(
      '急单',
      '且',
      '或',
      '(',
      ')',
      '渠道',
      '是',
      '淘宝',
      '、',
      '实付金额',
      '≥',
      '5',
      '元',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), parts => {
        const started = performance.now()
        readCondition(parts.join(''), fields)
        expect(performance.now() - started).toBeLessThan(2_000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a condition printed and read again', () => {
  const text = fc.constantFrom('加急', '杭州', 'VIP-7', '赠品')
  const money = fc.integer({ min: 0, max: 10_000_000 })
  const order = fc.constantFrom('<', '<=', '>', '>=')
  const test = fc.oneof(
    fc.constantFrom(v('order.urgent'), v('stock.near.covers')),
    fc.tuple(order, money).map(([name, fen]) => ({ [name]: [v('order.paidFen'), fen] })),
    fc.tuple(order, fc.nat(500)).map(([name, km]) => ({ [name]: [v('stock.near.distanceKm'), km] })),
    order.map(name => ({ [name]: [v('stock.own.available'), v('stock.own.need')] })),
    fc
      .subarray(['taobao', 'tmall', 'jd', '1688'], { minLength: 1 })
      .map(list => ({ in: [v('order.channel'), list] })),
    fc.uniqueArray(text, { minLength: 1 }).map(list => ({ in: [v('order.address.city'), list] })),
    text.map(value => ({ '==': [v('order.shop'), value] })),
    text.map(value => ({ in: [value, v('order.sellerNote')] })),
    fc.uniqueArray(text, { minLength: 1 }).map(list => ({ has_any: [v('order.buyerNote'), list] })),
    text.map(value => ({ ends_with: [v('order.sellerNote'), value] })),
  )
  const chain = (name: 'and' | 'or', part: fc.Arbitrary<unknown>) =>
    fc.array(part, { minLength: 2, maxLength: 3 }).map(parts => ({ [name]: parts }))
  const rule = fc.oneof(
    test,
    test.map(part => (Object.hasOwn(part, 'in') ? { '!': part } : part)),
    chain('and', fc.oneof(test, chain('or', test))),
    chain('or', fc.oneof(test, chain('and', test))),
  )

  it('is the same condition', () => {
    fc.assert(
      fc.property(rule, given => {
        const { zh, en } = explainCondition(given, fields)
        expect(readCondition(zh, fields)).toEqual({ rule: given, isSure: true })
        expect(readCondition(en, fields)).toEqual({ rule: given, isSure: true })
      }),
      { numRuns: 150 },
    )
  })
})
