import { Type } from 'typebox'
import { exampleSellers, exampleSpike, spikeEvent } from './example-spike.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'
import { ShopsParam, SkuParam, sellersFor, skuOf } from './sale-params.ts'
import { spikeFacts } from './stock-spike.ts'
import { templateProblems } from './template.ts'

const params = Type.Object(
  {
    sku: Type.Optional(SkuParam('恢复哪个商品', 'SKU to put back on sale')),
    connections: Type.Optional(ShopsParam('只在这些店铺', 'Only at these shops')),
    assignee: Type.Optional(
      Type.String({
        ...hint('通知不到的店铺由谁手动恢复', 'Who does it by hand where no call gets through'),
        maxLength: 60,
      }),
    ),
  },
  { additionalProperties: false },
)

export const stockUnfreeze = defineItemNode({
  type: 'stock.unfreeze',
  kind: 'stock',
  name: { zh: '恢复销售', en: 'Put back on sale' },
  title: { zh: '在各店铺恢复销售 {sku}', en: 'Put {sku} back on sale at all shops' },
  description: {
    zh: '让一个停售的商品在所有店铺恢复销售。经发件箱通知每个店铺一次，没有填地址的店铺列进一条待办。常放在「等待」或「建待办」之后。',
    en: 'Puts a SKU that is off sale back on sale at every shop: one call each through the outbox, a task for shops without an address. Mostly stands behind a wait or a task.',
  },
  params,
  ports: { resumed: { zh: '已恢复', en: 'on sale' } },
  adds: {},
  needs: [],
  checkParams: ({ sku = '' }) => templateProblems(sku, 'sku'),
  prepare: ({ sku }) => skuOf(sku),
  step({ data }, { params: { connections, assignee = '' }, prepared, world }) {
    const sku = prepared(data)
    const sellers = sellersFor(world, connections)
    return {
      ports: ['resumed'],
      note: { sku, shops: sellers.map(each => each.name) },
      effects: [{ kind: 'unfreeze', sku, reason: '', sellers, assignee }],
    }
  },
  explain({ note: { sku, shops } }) {
    const names = Array.isArray(shops) ? shops.map(String) : []
    return names.length === 0
      ? { zh: `没有在售的店铺可恢复 ${sku}`, en: `No shop sells, so ${sku} is put back nowhere` }
      : { zh: `在${names.join('、')}恢复销售 ${sku}`, en: `${sku} goes back on sale at ${names.join(', ')}` }
  },
  examples: [
    {
      title: { zh: '在各店铺恢复销售', en: 'back on sale everywhere' },
      params: {},
      data: { event: spikeEvent, signal: spikeFacts(exampleSpike()) },
      world: { connections: exampleSellers },
      expect: { ports: ['resumed'], note: { sku: 'MILK-1', shops: ['抖音店', '拼多多店', '淘宝店'] } },
    },
    {
      title: { zh: '没有店铺：说清楚', en: 'no shop at all: says so' },
      params: { sku: 'MILK-2' },
      data: {},
      expect: { ports: ['resumed'], note: { shops: [] } },
    },
  ],
})
