import { Type } from 'typebox'
import type { HoldAnswer, HoldRequest } from '../world/world.ts'
import { anOrder, exampleConnections, exampleWarehouses, someStock } from './example-order.ts'
import { hint } from './hints.ts'
import type { Item, Outcome, RunContext } from './node-type.ts'
import { defineAskingNode, orderOf } from './per-item.ts'
import { ownWarehouse } from './stock-lookup.ts'
import { itemWords } from './template.ts'
import { WarehouseParam, warehouseName } from './warehouse-param.ts'

const params = Type.Object(
  {
    from: Type.Optional(
      Type.Union([Type.Literal('own'), Type.Literal('near')], {
        ...hint('锁定哪个仓', 'Hold where', {
          options: {
            own: { zh: '本仓', en: 'own warehouse' },
            near: { zh: '邻近仓', en: 'nearest warehouse' },
          },
        }),
        default: 'own',
      }),
    ),
    warehouse: Type.Optional(WarehouseParam('指定仓库', 'This warehouse')),
  },
  { additionalProperties: false },
)

const stock = { hangzhou: { 'MILK-1': 2 }, ningbo: { 'MILK-1': 1 } }
const world = { connections: exampleConnections, warehouses: exampleWarehouses, stock }

export const stockReserve = defineAskingNode({
  type: 'stock.reserve',
  kind: 'stock',
  name: { zh: '锁定库存', en: 'Hold stock' },
  title: { zh: '锁定{from}的库存', en: 'Hold stock of the {from}' },
  description: {
    zh: '为订单锁定全部商品，要么全锁，要么不锁，可用数量不会小于零。不够时走「不足」。邻近仓由「查库存」得出。',
    en: 'Holds everything the order needs: all of it or none, and never below zero. Leaves by "short" when it does not suffice. The nearest warehouse is the one the stock lookup found.',
  },
  params,
  ports: { held: { zh: '已锁定', en: 'held' }, short: { zh: '不足', en: 'short' } },
  adds: {},
  needs: ['order'],
  question(item, context): HoldRequest | Outcome {
    const { orderId, items } = orderOf(item)
    const warehouse = warehouseToHold(item, context)
    if (warehouse === undefined) return { ports: ['short'], note: { noWarehouse: true } }
    return { key: item.key, orderKey: item.data.event.orderKey, orderId, warehouse, lines: items }
  },
  ask: (requests, { world }) => world.stock.hold(requests),
  outcome({ held, short, overtaken }: HoldAnswer, { warehouse }, item): Outcome {
    const name = warehouseName(warehouse, item.data.stock)
    if (held) return { ports: ['held'], note: { warehouse, name, lines: itemWords(orderOf(item).items) } }
    const outcome: Outcome = { ports: ['short'], note: { warehouse, name, ...short } }
    return overtaken ? { ...outcome, again: true } : outcome
  },
  explain({ ports, note: { name, lines, noWarehouse, sku, available, need } }) {
    if (ports.includes('held')) return { zh: `已锁定 ${name}：${lines}`, en: `Held at ${name}: ${lines}` }
    if (noWarehouse)
      return { zh: '没有够货的邻近仓，未锁定', en: 'No other warehouse has everything: nothing held' }
    return {
      zh: `${name} 的 ${sku} 只有 ${available} 件，需要 ${need} 件，未锁定`,
      en: `${name} has only ${available} of ${need} ${sku}: nothing held`,
    }
  },
  examples: [
    {
      title: { zh: '正好够', en: 'exactly enough' },
      params: {},
      data: { order: anOrder() },
      world,
      expect: { ports: ['held'], note: { warehouse: 'hangzhou', lines: 'MILK-1×2' } },
    },
    {
      title: { zh: '差一件就都不锁', en: 'one short: nothing is held' },
      params: { warehouse: 'ningbo' },
      data: { order: anOrder() },
      world,
      expect: { ports: ['short'], note: { sku: 'MILK-1', available: 1, need: 2 } },
    },
    {
      title: { zh: '没有够货的邻近仓', en: 'no other warehouse has everything' },
      params: { from: 'near' },
      data: { order: anOrder(), stock: someStock(2, 1) },
      world,
      expect: { ports: ['short'], note: { noWarehouse: true } },
    },
  ],
})

type Params = { readonly from?: 'own' | 'near'; readonly warehouse?: string }

function warehouseToHold({ data }: Item, { params, world }: RunContext<Params, unknown>): string | undefined {
  if (params.warehouse) return params.warehouse
  if (params.from === 'near') return data.stock?.near.warehouse ?? undefined
  return data.stock?.own.warehouse ?? ownWarehouse(world, data.event)
}
