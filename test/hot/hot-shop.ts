import type { BatchReport } from '../../server/engine/batch-report.ts'
import { anOrder } from '../../server/nodes/example-order.ts'
import type { OrderDoc } from '../../server/store/order-doc.ts'
import type { Order } from '../../server/workflow/order.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

/** spike → off sale at all shops → a task for whoever restocks → end. */
export const hotWorkflow = (trigger: Record<string, unknown> = { unitsPerMinute: 60 }): WorkflowGraph => ({
  nodes: [
    { id: 'spike', type: 'stock.velocity', params: trigger },
    { id: 'freeze', type: 'stock.freeze', params: { assignee: '运营' } },
    {
      id: 'warn',
      type: 'task.create',
      params: {
        topic: 'replenish',
        title: '补货预警 {signal.sku}，还能卖 {signal.minutesLeft}',
        detail: '速度 {signal.perMinute}；{signal.places}',
        assignee: '采购',
      },
    },
    { id: 'end', type: 'flow.end', params: { outcome: 'frozen', orderStatus: 'frozen' } },
  ],
  edges: [
    { from: 'spike', port: 'spiked', to: 'freeze' },
    { from: 'freeze', port: 'frozen', to: 'warn' },
    { from: 'warn', port: 'created', to: 'end' },
  ],
})

let made = 0

/** A new order that was just decided, as its batch reports it. */
export function aDecidedOrder(over: Partial<Order> = {}, how: Partial<OrderDoc> = {}): OrderDoc {
  const id = `A${++made}`
  const at = new Date()
  return {
    _id: `plain:${id}`,
    workspace: 'main',
    order: anOrder({ orderId: id, orderedAt: at, ...over }),
    status: 'to-ship',
    outcome: 'ship',
    firstEvent: `plain:${id}#1`,
    event: `plain:${id}#1`,
    seq: made,
    run: `plain:${id}#1/orders@1`,
    createdAt: at,
    updatedAt: at,
    ...how,
  }
}

export const ofSku = (sku: string, quantity: number): Pick<Order, 'items'> => ({
  items: [{ sku, title: sku, quantity, unitPriceFen: 100, paidFen: 100 * quantity }],
})

/** What a batch that decided these orders reports, as far as counting goes. */
export const reportOf = (orders: readonly OrderDoc[], continued: readonly string[] = []): BatchReport => ({
  at: new Date(),
  runs: [],
  orders: new Map(orders.map(order => [order._id, order])),
  events: orders.length,
  calls: 0,
  restocks: 0,
  earlierSteps: new Map(continued.map(run => [run, 1])),
  leftWaiting: new Map(),
  nodeTimes: new Map(),
})
