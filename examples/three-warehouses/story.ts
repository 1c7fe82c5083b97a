import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { feed } from '../stage/feed.ts'
import { projectJson } from '../stage/project-json.ts'
import type { ServerClient } from '../stage/server-client.ts'
import { describeSet } from '../stage/sets.ts'
import { delivered, settled } from '../stage/settle.ts'
import { setUpConnection, setUpWarehouse, setUpWorkflow } from '../stage/shop-api.ts'
import { checkStock } from '../stage/stock-checks.ts'
import type { Story } from '../stage/story.ts'
import type { Telling } from '../stage/telling.ts'
import type { OrderView, OutboxView, StockView, TaskView } from '../stage/views.ts'
import { tellWays } from '../stage/ways.ts'
import { assortment, SCARCE_UNITS } from './assortment.ts'
import { allowedWays, expectedCounts, WAYS, type Way } from './oracle.ts'
import { type RetailOrder, retailOrders, SHOPS } from './orders.ts'
import { openSupplier, type Supplier } from './supplier.ts'
import { warehouses } from './warehouses.ts'

const SUPPLIER = 'yunbei-supplier'
const BATCH = 200

const WORDS: Readonly<Record<Way, string>> = {
  ship: '本仓直发 ship from own warehouse',
  transfer: '邻仓调拨 T+1 transfer from near',
  purchase: '向供应商采购 purchase request',
  backorder: '缺货待办 backorder task',
}

export const story: Story = {
  title: {
    zh: '三个仓库：母婴零售商的规则表决定每一单从哪里发',
    en: "Three warehouses: a maternity retailer's rule table decides where every order is shipped from",
  },
  async open({ seed, orders = 1_000 }) {
    const sales = [...retailOrders(seed, orders)]
    const supplier = await openSupplier({ busyEvery: 10, silentEvery: 11 })
    return {
      env: { OUTGOING_ALLOW: supplier.address },
      play: (server, telling) => play(server, telling, sales, supplier),
      close: () => supplier.close(),
    }
  },
}

async function play(
  server: ServerClient,
  telling: Telling,
  sales: readonly RetailOrder[],
  supplier: Supplier,
): Promise<void> {
  await setUp(server, supplier)
  const fed = await feed(server, sales, BATCH)
  await settled(server)
  await delivered(server)

  const ours = new Set(sales.map(each => each.orderKey))
  const orders = (await server.all<OrderView>('/api/orders')).filter(each => ours.has(each.key))
  const went = new Map(orders.map(each => [each.key, each.outcome as Way]))
  const counts = expectedCounts(sales, went)
  tellWays(telling, orders, WORDS)

  telling.check(
    {
      zh: `${sales.length} 单全部受理，每单恰有一个去向`,
      en: 'Every order was accepted and went exactly one way',
    },
    fed.accepted + fed.repeated === sales.length && went.size === sales.length,
    `accepted ${fed.accepted}, repeated ${fed.repeated}, refused ${fed.refused.length}, decided ${went.size}`,
  )
  const astray = sales.filter(sale => !allowedWays(sale).includes(went.get(sale.orderKey)!))
  telling.check(
    {
      zh: '每一单的去向都与规则表手工推算的一致',
      en: 'Every order went the way the rule says, worked out by hand',
    },
    astray.length === 0,
    astray
      .slice(0, 3)
      .map(sale => `${sale.orderKey}: ${went.get(sale.orderKey)} instead of ${allowedWays(sale)}`)
      .join('; '),
  )
  const found = Object.fromEntries(
    WAYS.map(way => [way, [...went.values()].filter(each => each === way).length]),
  )
  telling.check(
    {
      zh: `抢手货恰好发出 ${SCARCE_UNITS.own} + ${SCARCE_UNITS.near} 件：不超卖，也不留货`,
      en: 'Of the scarce product exactly what there was is given out',
    },
    WAYS.every(way => found[way] === counts[way]) && (await scarceLeft(server, sales)) === '',
    `${JSON.stringify(found)} instead of ${JSON.stringify(counts)}; ${await scarceLeft(server, sales)}`,
  )
  await checkHolds(server, telling, sales, went)
  await checkStock(server, telling)
  await checkPurchases(server, telling, { sales, went, supplier })
  await checkTasks(server, telling, sales, went)
}

async function setUp(server: ServerClient, supplier: Supplier): Promise<void> {
  for (const warehouse of warehouses) await setUpWarehouse(server, warehouse)
  for (const [channel, { connection, name }] of Object.entries(SHOPS))
    await setUpConnection(server, connection, {
      name,
      connector: 'intake',
      channel,
      shop: name,
      warehouse: 'hangzhou',
      ...projectJson<Record<string, unknown>>(`connectors/${channel}/mapping.json`),
    })
  await setUpConnection(server, SUPPLIER, {
    name: '云贝供应商',
    connector: 'supplier',
    channel: 'supplier',
    url: supplier.url,
  })
  const template = projectJson<WorkflowTemplate>('rules-library/fulfilment/three-warehouses.json')
  await setUpWorkflow(server, {
    id: 'yunbei-orders',
    name: '云贝：三仓发货规则',
    graph: fillTemplate(template, {
      connections: Object.values(SHOPS).map(shop => shop.connection),
      supplier: SUPPLIER,
    }),
    note: '首次发布',
  })
}

/** What is wrong with the stock of the scarce product; empty when all that could be given out is. */
async function scarceLeft(server: ServerClient, sales: readonly RetailOrder[]): Promise<string> {
  const { sku } = assortment.find(each => each.placement === 'scarce')!
  const wanted = sales.filter(sale => sale.lines.some(({ ware }) => ware.sku === sku)).length
  const left = (await server.all<StockView>(`/api/stock?sku=${sku}`)).reduce(
    (sum, each) => sum + each.available,
    0,
  )
  const due = Math.max(0, SCARCE_UNITS.own + SCARCE_UNITS.near - wanted)
  return left === due ? '' : `${left} of ${sku} left instead of ${due}`
}

/** Units held per warehouse and SKU are those of the orders that went there. */
async function checkHolds(
  server: ServerClient,
  telling: Telling,
  sales: readonly RetailOrder[],
  went: ReadonlyMap<string, Way>,
): Promise<void> {
  const holder: Partial<Record<Way, string>> = { ship: 'hangzhou', transfer: 'ningbo' }
  const expected = new Map<string, number>()
  for (const { orderKey, lines } of sales) {
    const warehouse = holder[went.get(orderKey)!]
    if (!warehouse) continue
    for (const { ware, quantity } of lines)
      expected.set(`${warehouse}/${ware.sku}`, (expected.get(`${warehouse}/${ware.sku}`) ?? 0) + quantity)
  }
  const skus = new Set(assortment.map(each => each.sku))
  const stock = (await server.all<StockView>('/api/stock')).filter(each => skus.has(each.sku))
  const held = stock.filter(each => each.held > 0).map(each => `${each.warehouse}/${each.sku}: ${each.held}`)
  const wrong = describeSet(
    held,
    Array.from(expected, ([place, units]) => `${place}: ${units}`),
  )
  telling.check(
    {
      zh: '每个仓库占用的件数正是去那里的订单的件数',
      en: 'What each warehouse holds is what the orders that went there need',
    },
    wrong === '',
    wrong,
  )
  const received = warehouses.flatMap(({ id, stock: units }) =>
    Object.entries(units).flatMap(([sku, quantity]) => (quantity > 0 ? [`${id}/${sku}: ${quantity}`] : [])),
  )
  const moved = describeSet(
    stock.filter(each => each.onHand > 0).map(each => `${each.warehouse}/${each.sku}: ${each.onHand}`),
    received,
  )
  telling.check(
    {
      zh: '占用不是出库：在库件数仍是收货的件数',
      en: 'A hold ships nothing: on hand is still what was received',
    },
    moved === '',
    moved,
  )
}

async function checkPurchases(
  server: ServerClient,
  telling: Telling,
  {
    sales,
    went,
    supplier,
  }: { sales: readonly RetailOrder[]; went: ReadonlyMap<string, Way>; supplier: Supplier },
): Promise<void> {
  const bought = sales.filter(sale => went.get(sale.orderKey) === 'purchase')
  const booked = describeSet(
    [...supplier.booked.values()].map(each => each.orderId),
    bought.map(each => each.orderId),
  )
  telling.check(
    {
      zh: `${bought.length} 个采购请求各到供应商恰好一次（其间 ${supplier.troubles} 次繁忙或断线，重发 ${supplier.repeats} 次均被认出）`,
      en: 'Each purchase was booked by the supplier exactly once, through its busy spells and broken lines',
    },
    booked === '' && supplier.complaints.length === 0,
    `${booked} ${supplier.complaints.slice(0, 3).join('; ')}`,
  )
  const keys = new Set(bought.map(each => each.orderKey))
  const calls = (await server.all<OutboxView>('/api/outbox')).filter(
    each => each.kind === 'purchase' && keys.has(each.order),
  )
  telling.check(
    { zh: '发件箱里每一个采购请求都已确认', en: 'Every purchase request in the outbox is confirmed' },
    calls.length === bought.length &&
      calls.every(each => each.state === 'confirmed' && supplier.booked.has(each.id)),
    JSON.stringify(calls.find(each => each.state !== 'confirmed')),
  )
}

async function checkTasks(
  server: ServerClient,
  telling: Telling,
  sales: readonly RetailOrder[],
  went: ReadonlyMap<string, Way>,
): Promise<void> {
  const waiting = sales.filter(sale => went.get(sale.orderKey) === 'backorder').map(sale => sale.orderKey)
  const ours = new Set(sales.map(sale => sale.orderKey))
  const tasks = (await server.all<TaskView>('/api/tasks?topic=backorder')).filter(each =>
    ours.has(each.order),
  )
  const wrong = describeSet(
    tasks.map(each => each.order),
    waiting,
  )
  telling.check(
    { zh: `${waiting.length} 个缺货订单各有一条待办`, en: 'Every backordered order has one task' },
    wrong === '',
    wrong,
  )
}
