import { Type } from 'typebox'
import type { RestockEffect } from '../world/world.ts'
import { anEvent, anOrder, exampleConnections, exampleWarehouses } from './example-order.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { ownWarehouse } from './stock-lookup.ts'
import { itemWords } from './template.ts'
import { WarehouseParam, warehouseName } from './warehouse-param.ts'

const params = Type.Object(
  {
    warehouse: Type.Optional(
      WarehouseParam(
        '退到哪个仓（默认取连接的发货仓）',
        "Back to this warehouse (the connection's by default)",
      ),
    ),
  },
  { additionalProperties: false },
)

const world = { connections: exampleConnections, warehouses: exampleWarehouses }

export const stockRestock = defineItemNode({
  type: 'stock.restock',
  kind: 'stock',
  name: { zh: '退货入库', en: 'Restock a return' },
  title: { zh: '退货商品回到库存', en: 'Put what was returned back into stock' },
  description: {
    zh: '把退货单上的全部商品加回仓库的可用数量，记一笔「退货」流水，只加一次。只用于退货单；请先让人确认货已收到、可以再卖。',
    en: 'Adds everything on a return to what the warehouse has available, as a "returned" entry of the ledger, once. For returns only; let a person confirm first that the goods arrived and can be sold again.',
  },
  params,
  ports: { restocked: { zh: '已入库', en: 'restocked' } },
  adds: {},
  needs: ['order'],
  step(item, { params, world }) {
    const { orderId, items, kind } = orderOf(item)
    // Every sale that came this way by mistake would make stock out of nothing.
    if (kind !== 'return') throw notAReturn(orderId)
    const warehouse = params.warehouse ?? ownWarehouse(world, item.data.event)
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }))
    const effect: RestockEffect = { kind: 'restock', orderId, warehouse, lines }
    const name = warehouseName(warehouse, item.data.stock)
    return { ports: ['restocked'], note: { warehouse, name, lines: itemWords(items) }, effects: [effect] }
  },
  explain: ({ note: { name, lines } }) => ({
    zh: `退货入库：${lines} 回到 ${name}`,
    en: `Restocked: ${lines} back at ${name}`,
  }),
  examples: [
    {
      title: { zh: '退货回到发货仓', en: 'a return goes back to where it was shipped from' },
      params: {},
      data: { order: anOrder({ kind: 'return' }), event: anEvent() },
      world,
      expect: { ports: ['restocked'], note: { warehouse: 'hangzhou', lines: 'MILK-1×2' } },
    },
    {
      title: { zh: '退到指定的仓', en: 'a return goes to the warehouse that is named' },
      params: { warehouse: 'ningbo' },
      data: { order: anOrder({ kind: 'return' }), event: anEvent() },
      world,
      expect: { ports: ['restocked'], note: { warehouse: 'ningbo' } },
    },
  ],
})

function notAReturn(orderId: string): StepError {
  return new StepError('NOT_A_RETURN', {
    zh: `${orderId} 不是退货单，不能入库：请先判断「单据类型是退货单」`,
    en: `${orderId} is no return and was not restocked: ask for the kind of order before this node`,
  })
}
