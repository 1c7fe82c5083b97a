import { Type } from 'typebox'
import type { Problem } from '../workflow/problem.ts'
import { formatDuration } from '../workflow/words.ts'
import { exampleSellers, exampleSpike, spikeEvent } from './example-spike.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'
import { ShopsParam, SkuParam, sellersFor, skuOf } from './sale-params.ts'
import { spikeFacts } from './stock-spike.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const MINUTE_MS = 60_000
const DEFAULT_REASON = '每分钟卖出 {signal.perMinute}，还剩 {signal.available}'

const params = Type.Object(
  {
    sku: Type.Optional(SkuParam('停售哪个商品', 'SKU to take off sale')),
    connections: Type.Optional(ShopsParam('只在这些店铺', 'Only at these shops')),
    reason: Type.Optional(Type.String({ ...TemplateParam('原因', 'Reason', 300), default: DEFAULT_REASON })),
    forMinutes: Type.Optional(
      Type.Integer({
        ...hint(
          '多久后自动恢复销售（不填就等人恢复）',
          'Back on sale by itself after (a person does it when empty)',
          {
            unit: { zh: '分钟', en: 'min' },
          },
        ),
        minimum: 1,
        maximum: 86_400,
      }),
    ),
    assignee: Type.Optional(
      Type.String({
        ...hint('通知不到的店铺由谁手动停售', 'Who does it by hand where no call gets through'),
        maxLength: 60,
      }),
    ),
  },
  { additionalProperties: false },
)

export const stockFreeze = defineItemNode({
  type: 'stock.freeze',
  kind: 'stock',
  name: { zh: '停售商品', en: 'Take off sale' },
  title: { zh: '在各店铺停售 {sku}', en: 'Take {sku} off sale at all shops' },
  description: {
    zh: '让一个商品在所有店铺停售。经发件箱通知每个店铺一次，成败可查；没有填地址的店铺列进一条待办，由人手动停售。「库存」页会标出停售的商品，可以在那里恢复销售。',
    en: 'Takes one SKU off sale at every shop. Each shop is called once through the outbox, and accounted for; shops without an address are named in a task for a person. The stock page shows what is off sale and puts it back.',
  },
  params,
  ports: { frozen: { zh: '已停售', en: 'off sale' } },
  adds: {},
  needs: [],
  checkParams: ({ sku = '', reason = '' }): readonly Omit<Problem, 'node'>[] => [
    ...templateProblems(sku, 'sku'),
    ...templateProblems(reason, 'reason'),
  ],
  prepare: ({ sku, reason = DEFAULT_REASON }) => ({ sku: skuOf(sku), reason: compileTemplate(reason) }),
  step({ data }, { params: { connections, forMinutes, assignee = '' }, prepared, world }) {
    const sku = prepared.sku(data)
    const sellers = sellersFor(world, connections)
    const until =
      forMinutes === undefined ? undefined : new Date(world.now.getTime() + forMinutes * MINUTE_MS)
    return {
      ports: ['frozen'],
      note: {
        sku,
        shops: sellers.map(each => each.name),
        byHand: sellers.filter(each => each.sells === 'hand').map(each => each.name),
      },
      effects: [
        { kind: 'freeze', sku, reason: prepared.reason(data), sellers, assignee, ...(until && { until }) },
      ],
    }
  },
  explain({ note }, { forMinutes }) {
    const [shops, byHand] = [namesOf(note.shops), namesOf(note.byHand)]
    if (shops.length === 0)
      return {
        zh: `没有在售的店铺可停售 ${note.sku}`,
        en: `No shop sells, so ${note.sku} is off sale nowhere`,
      }
    const time = forMinutes === undefined ? undefined : formatDuration(forMinutes * MINUTE_MS)
    const hand = byHand.length > 0
    return {
      zh: `在${shops.join('、')}停售 ${note.sku}${time ? `，${time.zh}后恢复` : ''}${hand ? `（${byHand.join('、')}要人手动停售）` : ''}`,
      en: `${note.sku} goes off sale at ${shops.join(', ')}${time ? ` for ${time.en}` : ''}${hand ? ` (${byHand.join(', ')} by hand)` : ''}`,
    }
  },
  examples: [
    {
      title: { zh: '卖得太快的商品在各店铺停售', en: 'what sells too fast goes off sale everywhere' },
      params: {},
      data: { event: spikeEvent, signal: spikeFacts(exampleSpike()) },
      world: { connections: exampleSellers },
      expect: {
        ports: ['frozen'],
        note: { sku: 'MILK-1', shops: ['抖音店', '拼多多店', '淘宝店'], byHand: ['拼多多店'] },
      },
    },
    {
      title: { zh: '只在一个店铺停售两小时', en: 'at one shop, for two hours' },
      params: { sku: 'MILK-2', connections: ['tb'], forMinutes: 120 },
      data: {},
      world: { connections: exampleSellers },
      expect: { ports: ['frozen'], note: { sku: 'MILK-2', shops: ['淘宝店'], byHand: [] } },
    },
    {
      title: { zh: '没有店铺：说清楚', en: 'no shop at all: says so' },
      params: { sku: 'MILK-2' },
      data: {},
      expect: { ports: ['frozen'], note: { shops: [] } },
    },
  ],
})

const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
