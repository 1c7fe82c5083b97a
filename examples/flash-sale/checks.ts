import type { ServerClient } from '../stage/server-client.ts'
import { describeSet } from '../stage/sets.ts'
import type { Telling } from '../stage/telling.ts'
import type { OrderView, StockView, TaskView } from '../stage/views.ts'
import { figure } from './figures.ts'
import { unitsFor } from './hot-products.ts'
import type { SaleOrder } from './orders.ts'

interface LedgerEntry {
  readonly kind: string
  readonly sku: string
  readonly quantity: number
  readonly order?: string
}

const SERVED: ReadonlySet<string> = new Set(['ship', 'transfer'])

/** Nothing lost, nothing twice, nothing oversold, nothing left lying. */
export async function checkOrders(
  server: ServerClient,
  telling: Telling,
  sales: readonly SaleOrder[],
): Promise<void> {
  const keys = new Set(sales.map(each => each.orderKey))
  const orders = (await server.all<OrderView>('/api/orders')).filter(each => keys.has(each.key))
  const there = describeSet(
    orders.map(each => each.key),
    [...keys],
  )
  telling.check(
    { zh: `丢失 0 单：${figure(sales.length)} 单都在`, en: '0 lost: every acknowledged order is there' },
    there === '',
    there,
  )
  const served = orders.filter(each => SERVED.has(each.outcome))
  const short = orders.filter(each => each.outcome === 'backorder')
  const due = servedUnits(sales)
  telling.check(
    {
      zh: `${figure(due)} 单有货，${figure(sales.length - due)} 单登记缺货，没有第三种去向`,
      en: 'As many were served as there were units, all others are backorders',
    },
    served.length === due && short.length === sales.length - due,
    `${served.length} served, ${short.length} backorders`,
  )
  await checkHolds(server, telling, served, sales)
  const tasks = (await server.all<TaskView>('/api/tasks?topic=backorder')).filter(each =>
    keys.has(each.order),
  )
  const waiting = describeSet(
    tasks.map(each => each.order),
    short.map(each => each.key),
  )
  telling.check(
    { zh: `${figure(short.length)} 个缺货单各有一条待办`, en: 'Every backorder has one task' },
    waiting === '',
    waiting,
  )
}

async function checkHolds(
  server: ServerClient,
  telling: Telling,
  served: readonly OrderView[],
  sales: readonly SaleOrder[],
): Promise<void> {
  const units = unitsFor(sales.length)
  const stock = (await server.all<StockView>('/api/stock')).filter(each => units.has(each.sku))
  const held = (sku: string) =>
    stock.filter(each => each.sku === sku).reduce((sum, each) => sum + each.held, 0)
  const due = servedUnits(sales)
  const all = [...units.keys()].reduce((sum, sku) => sum + held(sku), 0)
  telling.check(
    { zh: `锁定的正好 ${figure(due)} 件`, en: `Exactly ${figure(due)} units are held` },
    all === due,
    `${all} units`,
  )
  const oversold = [...units].filter(([sku, { own, near }]) => held(sku) > own + near)
  telling.check(
    { zh: '超卖 0 件：没有一款锁定的多过到货的', en: '0 oversold: of no product more is held than came in' },
    oversold.length === 0 && stock.every(each => each.available >= 0),
    JSON.stringify(oversold),
  )
  const entries = (await server.all<LedgerEntry>('/api/stock/ledger')).filter(
    each => each.kind === 'held' && units.has(each.sku),
  )
  const once = describeSet(
    entries.map(each => `${each.order} ${each.quantity}`),
    served.map(each => `${each.key} 1`),
  )
  telling.check(
    {
      zh: '重复 0 单：流水里每个有货的订单恰好锁了一次',
      en: '0 twice: the ledger holds each served order once',
    },
    once === '',
    once,
  )
}

/** Units that are to be given out: of each product all there is, or all that is wanted where that is less. */
function servedUnits(sales: readonly SaleOrder[]): number {
  return Array.from(unitsFor(sales.length)).reduce((sum, [sku, { own, near }]) => {
    const wanted = sales.filter(each => each.sku === sku).length
    return sum + Math.min(wanted, own + near)
  }, 0)
}
