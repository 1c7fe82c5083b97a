import { Type } from 'typebox'
import type { ActEffect } from '../world/world.ts'
import { anEvent, anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { ShopsParam } from './sale-params.ts'

const params = Type.Object(
  {
    connections: Type.Optional(ShopsParam('写到哪些店铺（空为全部）', 'Shops (all when empty)')),
    keepBack: Type.Optional(
      Type.Integer({
        ...hint('每个店铺少写几件，留作缓冲', 'Units to keep back as a reserve', {
          unit: { zh: '件', en: 'pcs' },
        }),
        minimum: 0,
        maximum: 1_000_000,
        default: 0,
      }),
    ),
  },
  { additionalProperties: false },
)

const shops = [
  { id: 'tb', name: '淘宝店', channel: 'taobao', shop: '淘宝店', sells: 'call', actions: ['stock'] },
  { id: 'group', name: '接龙群', channel: 'csv', shop: '接龙群', sells: 'hand' },
] as const

export const stockPublish = defineItemNode({
  type: 'stock.publish',
  kind: 'outside',
  name: { zh: '同步库存到店铺', en: 'Write stock back to shops' },
  title: { zh: '把剩余库存写回各店铺', en: 'Write what is left back to the shops' },
  description: {
    zh: '把订单里每个商品在各仓的可用总数写回店铺，避免一个渠道卖完了别的渠道还在卖。发出时才取数，所以永远是最新的；不能写库存的店铺跳过。',
    en: 'Writes what all warehouses have of each SKU of the order back to the shops, so that no channel goes on selling what another sold out. The figure is read when it is sent, so it is never old; shops that take no figures are passed over.',
  },
  params,
  ports: { next: { zh: '继续', en: 'next' } },
  adds: {},
  needs: ['order'],
  step(item, { params: { connections = [], keepBack = 0 }, world }) {
    const { orderId, items } = orderOf(item)
    const sellers = world
      .sellers()
      .filter(({ id }) => connections.length === 0 || connections.includes(id))
      .filter(({ id }) => world.connection(id)?.actions?.includes('stock'))
    const skus = [...new Set(items.map(({ sku }) => sku))]
    const effects = sellers.flatMap(({ id }) =>
      skus.map(
        (sku): ActEffect => ({
          kind: 'act',
          action: 'stock',
          orderId,
          connection: id,
          body: { sku, keepBack },
        }),
      ),
    )
    return {
      ports: ['next'],
      note: { skus: skus.join('、'), shops: sellers.map(({ name }) => name) },
      effects,
    }
  },
  explain({ note: { skus, shops: names } }) {
    const told = Array.isArray(names) ? names.map(String) : []
    return told.length === 0
      ? { zh: '没有能写库存的店铺', en: 'No shop takes stock figures' }
      : { zh: `把 ${skus} 的库存写回${told.join('、')}`, en: `Stock goes back to ${told.length} shops` }
  },
  examples: [
    {
      title: { zh: '写回能写的店铺', en: 'shops that can be told' },
      params: {},
      data: { order: anOrder(), event: anEvent() },
      world: { connections: shops },
      expect: { ports: ['next'], note: { shops: ['淘宝店'] } },
    },
  ],
})
