import { type TSchema, Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import { definitions, node } from './definitions.ts'
import { fields, v } from './logic/fields.ts'

const sentence = (type: string, params: Record<string, unknown>) =>
  nodeSentence(node('a', type, params), definitions.get(type)!, fields)

const filled = (params: TSchema, values: Record<string, unknown>) =>
  nodeSentence(
    { params: values },
    { title: { zh: '{x}', en: '{x}' }, params: Type.Object({ x: params }) },
    fields,
  )

describe('nodeSentence', () => {
  it('says conditions in words', () => {
    expect(sentence('logic.condition', { when: { '>': [v('stock.own.available'), 2] } })).toEqual({
      zh: '如果 本仓可用 > 2 件',
      en: 'If own stock > 2 pcs',
    })
  })

  it('says durations by their unit and counts rows', () => {
    expect(sentence('time.wait', { timeoutMs: 12_000_000 }).zh).toBe('最多等 3 小时 20 分')
    expect(sentence('logic.table', { rows: [{ port: 'a', when: true }], hit: 'all' }).zh).toBe(
      '1 条规则，全部',
    )
  })

  it('says the default of what was left out', () => {
    expect(sentence('logic.table', { rows: [] }).en).toBe('— rows, the first'.replace('—', '(empty)'))
  })

  it('leaves a dash where there is nothing to say', () => {
    expect(sentence('time.wait', {}).zh).toBe('最多等 —')
  })

  it.each([
    ['money by its hint', Type.Integer({ ui: 'money' }), 129_900, '¥1,299.00'],
    [
      'a number by its unit',
      Type.Integer({ ui: { zh: '距离', en: 'Distance', unit: { zh: '公里', en: 'km' } } }),
      200,
      '200 公里',
    ],
    ['a field by its name', Type.String(), 'order.phone', '手机号'],
    ['fields by their names', Type.Array(Type.String()), ['order.phone', 'order.items'], '手机号、商品'],
    [
      'a choice of a list by its name',
      Type.Array(Type.String({ ui: { zh: '', en: '', options: { a: { zh: '甲', en: 'A' } } } })),
      ['a', 'b'],
      '甲、b',
    ],
    ['an instant', Type.String({ ui: 'instant' }), '2024-06-18T10:00:00+08:00', '2024-06-18 10:00'],
    ['minutes below an hour', Type.Integer({ ui: { unit: { zh: '分钟', en: 'min' } } }), 59, '59 分钟'],
    [
      'minutes from an hour on',
      Type.Integer({ ui: { unit: { zh: '分钟', en: 'min' } } }),
      4_350,
      '3 天 30 分',
    ],
    [
      'the holes of a text by the names of their fields',
      Type.String({ ui: { zh: '', en: '', as: 'template' } }),
      '缺货 {order.phone}，{nobody.knows}',
      '缺货 【手机号】，{nobody.knows}',
    ],
    ['yes or no', Type.Boolean(), true, '是'],
    ['a plain text', Type.String(), '加急', '加急'],
    ['a group of values', Type.Object({}), {}, '…'],
  ])('says %s', (_, schema, value, zh) => {
    expect(filled(schema, { x: value }).zh).toBe(zh)
  })

  it('fills a hole from inside a param', () => {
    const params = Type.Object({ window: Type.Object({ lengthMs: Type.Integer() }) })
    const title = { zh: '{window.lengthMs} 内', en: 'within {window.lengthMs}' }
    expect(nodeSentence({ params: { window: { lengthMs: 180_000 } } }, { title, params })).toEqual({
      zh: '3 分 内',
      en: 'within 3 min',
    })
  })

  it('survives params that are anything but what they should be', () => {
    for (const when of [null, 5, [], { a: 1, b: 2 }, { nope: 1 }])
      expect(sentence('logic.condition', { when }).zh).toMatch(/^如果 ./)
    expect(sentence('logic.table', { rows: 'x', hit: 7 }).zh).toBe('x 条规则，7')
  })
})
