import { Type } from 'typebox'
import type { StockFacts, StockQuestion, World } from '../world/world.ts'
import { anOrder, exampleConnections, exampleWarehouses } from './example-order.ts'
import { stockFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome, RunEvent } from './node-type.ts'
import { defineAskingNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { WarehouseParam } from './warehouse-param.ts'

const params = Type.Object(
  {
    warehouse: Type.Optional(
      WarehouseParam('本仓（默认取连接的发货仓）', "Own warehouse (the connection's by default)"),
    ),
    distanceFrom: Type.Optional(
      Type.Union([Type.Literal('warehouse'), Type.Literal('customer')], {
        ...hint('距离从哪里算起', 'Distances from', {
          options: {
            warehouse: { zh: '本仓', en: 'own warehouse' },
            customer: { zh: '收货城市', en: "the customer's city" },
          },
        }),
        default: 'warehouse',
      }),
    ),
  },
  { additionalProperties: false },
)

export const stockLookup = defineAskingNode({
  type: 'stock.lookup',
  kind: 'stock',
  name: { zh: '查库存', en: 'Look up stock' },
  title: { zh: '查本仓、邻近仓和全网库存', en: 'Look up the stock here, nearby and everywhere' },
  description: {
    zh: '把本仓、最近的够货仓、其它仓和全网的可用数量放进流程，供后面的条件使用。没有够货的邻近仓时「邻近仓距离」为空，空值按 0 计算，所以判断距离时要同时判断「邻近仓够货」。',
    en: 'Puts what is available here, in the nearest warehouse that has everything, in the others and everywhere into the run. Without such a warehouse its distance is empty, and empty counts as 0: a rule about it must also ask whether it has everything.',
  },
  params,
  ports: { found: { zh: '已查到', en: 'found' } },
  adds: { '*': stockFields },
  needs: ['order'],
  question(item, { params: { warehouse, distanceFrom }, world }): StockQuestion | Outcome {
    const { items, address } = orderOf(item)
    const own = warehouse ?? ownWarehouse(world, item.data.event)
    const from = distanceFrom === 'customer' ? address.point : undefined
    return from
      ? { key: item.key, warehouse: own, lines: items, from }
      : { key: item.key, warehouse: own, lines: items }
  },
  ask: (questions, { world }) => world.stock.facts(questions),
  outcome: (stock: StockFacts, { from }, _item, { params: { distanceFrom } }) => ({
    ports: ['found'],
    set: { stock },
    // The wish for distances from the customer cannot be met for an address without a known city: said, not hidden.
    note: noteOf(stock, distanceFrom === 'customer' && !from),
  }),
  explain({ note }) {
    const { own, available, need, near, nearKm, unknownCity } = note
    const zhNear = near ? `；最近的够货仓是 ${near}（${nearKm} km）` : '；其它仓都不够'
    const enNear = near
      ? `; nearest with everything: ${near} (${nearKm} km)`
      : '; no other warehouse has everything'
    const zhFrom = unknownCity ? '，收货城市不明，距离按本仓算' : ''
    const enFrom = unknownCity ? ', measured from the own warehouse as the city is unknown' : ''
    return {
      zh: `库存：${own} 可用 ${available} 件，需要 ${need} 件${zhNear}${zhFrom}`,
      en: `Stock: ${own} has ${available} of ${need} needed${enNear}${enFrom}`,
    }
  },
  examples: [
    {
      title: { zh: '本仓差一件，140 公里外有货', en: 'one short here, enough 140 km away' },
      params: {},
      data: { order: anOrder() },
      world: {
        connections: exampleConnections,
        warehouses: exampleWarehouses,
        stock: { hangzhou: { 'MILK-1': 1 }, ningbo: { 'MILK-1': 2 }, wuhan: { 'MILK-1': 50 } },
      },
      expect: { ports: ['found'], note: { own: '杭州仓', available: 1, need: 2, near: '宁波仓' } },
    },
    {
      title: { zh: '哪里都没有：没有邻近仓', en: 'nothing anywhere: no nearest warehouse' },
      params: { warehouse: 'wuhan' },
      data: { order: anOrder() },
      world: { connections: exampleConnections, warehouses: exampleWarehouses },
      expect: { ports: ['found'], note: { own: '武汉仓', available: 0, near: null } },
    },
  ],
})

function noteOf({ own, near }: StockFacts, unknownCity: boolean): Record<string, unknown> {
  const note: Record<string, unknown> = {
    own: own.name,
    available: own.available,
    need: own.need,
    near: near.warehouse === null ? null : near.name,
    nearKm: near.distanceKm,
  }
  if (unknownCity) note.unknownCity = true
  return note
}

/** The warehouse a connection's orders are shipped from. @throws StepError when it names none */
export function ownWarehouse(world: World, event: RunEvent): string {
  const connection = world.connection(event.connection)
  if (connection?.warehouse) return connection.warehouse
  const name = connection?.name ?? event.connection
  throw new StepError('NO_WAREHOUSE', {
    zh: `连接「${name}」没有设置发货仓，请在连接或节点里选择仓库后重试`,
    en: `Connection "${name}" has no warehouse; choose one there or at the node, then retry`,
  })
}
