import { Type } from 'typebox'
import { addDays, dayOf } from '../world/day.ts'
import { anOrder, exampleConnections, exampleWarehouses, someStock } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { ownWarehouse } from './stock-lookup.ts'
import { itemWords } from './template.ts'
import { WarehouseParam, warehouseName } from './warehouse-param.ts'

const params = Type.Object(
  {
    from: Type.Optional(Type.Literal('near', { ...hint('调出仓', 'From'), default: 'near' })),
    fromWarehouse: Type.Optional(WarehouseParam('指定调出仓', 'From this warehouse')),
    toWarehouse: Type.Optional(WarehouseParam('调入仓（默认本仓）', 'To (the own warehouse by default)')),
    arriveInDays: Type.Optional(
      Type.Integer({
        ...hint('几天后到仓（T+n）', 'Arrives in days (T+n)'),
        minimum: 0,
        maximum: 60,
        default: 1,
      }),
    ),
  },
  { additionalProperties: false },
)

const world = { connections: exampleConnections, warehouses: exampleWarehouses }

export const stockTransfer = defineItemNode({
  type: 'stock.transfer',
  kind: 'stock',
  name: { zh: '建调拨单', en: 'Create transfer' },
  title: {
    zh: '从邻近仓调拨到本仓，T+{arriveInDays} 到',
    en: 'Transfer from the nearest warehouse, due T+{arriveInDays}',
  },
  description: {
    zh: '建一张调拨单，把订单的商品从邻近仓（由「查库存」得出）调到本仓。请先锁定邻近仓的库存。',
    en: 'Creates a transfer of what the order needs, from the nearest warehouse the stock lookup found to the own one. Hold the stock there first.',
  },
  params,
  ports: { created: { zh: '已建单', en: 'created' } },
  adds: {},
  needs: ['order'],
  step(item, { params: { fromWarehouse, toWarehouse, arriveInDays = 1 }, world }) {
    const { orderId, items } = orderOf(item)
    const { stock, event } = item.data
    const from = fromWarehouse ?? stock?.near.warehouse
    if (!from) throw noWarehouse(stock !== undefined)
    const to = toWarehouse ?? stock?.own.warehouse ?? ownWarehouse(world, event)
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }))
    const distanceKm = stock?.near.warehouse === from ? stock.near.distanceKm : null
    const dueDay = addDays(dayOf(world.now), arriveInDays)
    const names = { from: warehouseName(from, stock), to: warehouseName(to, stock) }
    return {
      ports: ['created'],
      note: { ...names, lines: itemWords(items), dueDay },
      effects: [{ kind: 'transfer', orderId, from, to, lines, distanceKm, dueDay }],
    }
  },
  explain: ({ note: { from, to, lines, dueDay } }, { arriveInDays = 1 }) => ({
    zh: `从 ${from} 调拨 ${lines} 到 ${to}，${dueDay} 到（T+${arriveInDays}）`,
    en: `Transfer ${lines} from ${from} to ${to}, due ${dueDay} (T+${arriveInDays})`,
  }),
  examples: [
    {
      title: { zh: '北京时间 23:59 建单，次日到', en: 'created at 23:59 in Shanghai, due the next day' },
      params: { from: 'near', arriveInDays: 1 },
      data: { order: anOrder(), stock: someStock(0, 9) },
      world: { ...world, now: new Date('2026-10-01T15:59:00Z') },
      expect: { ports: ['created'], note: { from: '宁波仓', to: '杭州仓', dueDay: '2026-10-02' } },
    },
    {
      title: { zh: '过了零点就算下一天', en: 'after midnight in Shanghai it is a day later' },
      params: { from: 'near', arriveInDays: 1 },
      data: { order: anOrder(), stock: someStock(0, 9) },
      world: { ...world, now: new Date('2026-10-01T16:00:00Z') },
      expect: { ports: ['created'], note: { dueDay: '2026-10-03' } },
    },
  ],
})

function noWarehouse(lookedUp: boolean): StepError {
  if (!lookedUp) {
    return new StepError('NO_STOCK_FACTS', {
      zh: '还没有查库存，不知道从哪个仓调：请在前面放「查库存」',
      en: 'The stock was not looked up: put "Look up stock" before this node',
    })
  }
  return new StepError('NO_NEAR_WAREHOUSE', {
    zh: '没有够货的邻近仓可调：请先判断「邻近仓够货」',
    en: 'No other warehouse has everything: ask "nearest warehouse has everything" first',
  })
}
