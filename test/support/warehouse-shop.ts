import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

// The shop most tests use: one plain channel, three warehouses, the three-row warehouse table.

/** A source document of the plain test channel. */
export interface PlainOrder {
  id: string
  phone: string
  name: string
  city: string
  sku: string
  quantity: number
  priceFen: number
  /** `YYYY-MM-DD HH:mm:ss`, Asia/Shanghai. */
  orderedAt: string
  modified: string
  urgent: boolean
}

export function aPlainOrder(over: Partial<PlainOrder> = {}): PlainOrder {
  return {
    id: 'A1',
    phone: '13800000001',
    name: '王小明',
    city: '杭州市',
    sku: 'MILK-1',
    quantity: 1,
    priceFen: 19_900,
    orderedAt: '2026-10-01 10:00:00',
    modified: '1',
    urgent: false,
    ...over,
  }
}

export const plainConnection = (over: Partial<ConnectionDoc> = {}): ConnectionDoc => ({
  _id: 'plain',
  workspace: 'main',
  name: '测试店铺',
  connector: 'intake',
  channel: 'test',
  shop: 'plain-shop',
  enabled: true,
  warehouse: 'hangzhou',
  identity: { orderId: ['id'], version: ['modified'], buyer: ['phone'] },
  mapping: {
    fields: [
      { to: 'orderId', from: 'id', required: true },
      { to: 'order_customer_name', from: 'name' },
      { to: 'phone', from: 'phone', transforms: [{ use: 'phone' }], required: true },
      { to: 'address.city', from: 'city' },
      { to: 'orderedAt', from: 'orderedAt', transforms: [{ use: 'date' }], required: true },
      { to: 'urgent', from: 'urgent' },
      {
        to: 'items',
        each: 'lines',
        fields: [
          { to: 'sku', from: 'sku', required: true },
          { to: 'quantity', from: 'quantity', required: true },
          { to: 'unitPriceFen', from: 'priceFen' },
        ],
      },
    ],
  },
  settings: {},
  createdAt: new Date(),
  ...over,
})

/** Plain orders hold their one line flat; the mapping wants a list. */
export const documentOf = ({ sku, quantity, priceFen, ...order }: PlainOrder) => ({
  ...order,
  lines: [{ sku, quantity, priceFen }],
})

export const warehouses = [
  { _id: 'hangzhou', workspace: 'main', name: '杭州仓', city: '杭州市', point: { lng: 120.15, lat: 30.27 } },
  { _id: 'ningbo', workspace: 'main', name: '宁波仓', city: '宁波市', point: { lng: 121.55, lat: 29.87 } },
  { _id: 'wuhan', workspace: 'main', name: '武汉仓', city: '武汉市', point: { lng: 114.3, lat: 30.59 } },
]

const v = (path: string) => ({ var: path })

/** received → map → dedup → stock → the three-row table → hold and ship | hold and transfer | purchase | backorder. */
export const warehouseWorkflow: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    {
      id: 'dedup',
      type: 'order.dedup',
      params: { keys: ['phone', 'skus'], windowMinutes: 3, action: 'merge' },
    },
    { id: 'stock', type: 'stock.lookup', params: {} },
    {
      id: 'table',
      type: 'logic.decision-table',
      params: {
        hits: 'first',
        rows: [
          {
            id: 'own',
            name: '本仓有货',
            when: { '>=': [v('stock.own.available'), v('stock.own.need')] },
            port: 'ship',
            action: '本仓发货',
          },
          {
            id: 'near',
            name: '近仓有货',
            when: { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
            port: 'transfer',
            action: '近仓调拨',
          },
          { id: 'urgent', name: '急单', when: v('order.urgent'), port: 'procure', action: '向供应商采购' },
        ],
        else: { port: 'else', action: '登记缺货' },
      },
    },
    { id: 'hold', type: 'stock.reserve', params: { from: 'own' } },
    { id: 'hold-near', type: 'stock.reserve', params: { from: 'near' } },
    { id: 'transfer', type: 'stock.transfer', params: { arriveInDays: 1, from: 'near' } },
    { id: 'purchase', type: 'purchase.create', params: { supplier: 'supplier' } },
    {
      id: 'backorder',
      type: 'task.create',
      params: { topic: 'backorder', title: '缺货 {order.orderId}', detail: '' },
    },
    {
      id: 'shipped',
      type: 'flow.end',
      params: { outcome: 'ship', orderStatus: 'to-ship', label: '今日发货' },
    },
    {
      id: 'transferred',
      type: 'flow.end',
      params: { outcome: 'transfer', orderStatus: 'in-transfer', label: '明日到仓' },
    },
    {
      id: 'procured',
      type: 'flow.end',
      params: { outcome: 'procure', orderStatus: 'on-order', label: '采购中' },
    },
    {
      id: 'waiting',
      type: 'flow.end',
      params: { outcome: 'backorder', orderStatus: 'backorder', label: '等待补货' },
    },
    {
      id: 'merged',
      type: 'flow.end',
      params: { outcome: 'duplicate', orderStatus: 'merged', label: '重复单已合并' },
    },
    {
      id: 'broken',
      type: 'flow.end',
      params: { outcome: 'rejected', orderStatus: 'rejected', label: '资料有误' },
    },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'dedup' },
    { from: 'map', port: 'invalid', to: 'broken' },
    { from: 'dedup', port: 'unique', to: 'stock' },
    { from: 'dedup', port: 'duplicate', to: 'merged' },
    { from: 'stock', port: 'found', to: 'table' },
    { from: 'table', port: 'ship', to: 'hold' },
    { from: 'table', port: 'transfer', to: 'hold-near' },
    { from: 'table', port: 'procure', to: 'purchase' },
    { from: 'table', port: 'else', to: 'backorder' },
    { from: 'hold', port: 'held', to: 'shipped' },
    { from: 'hold', port: 'short', to: 'backorder' },
    { from: 'hold-near', port: 'held', to: 'transfer' },
    { from: 'hold-near', port: 'short', to: 'backorder' },
    { from: 'transfer', port: 'created', to: 'transferred' },
    { from: 'purchase', port: 'created', to: 'procured' },
    { from: 'backorder', port: 'created', to: 'waiting' },
  ],
}
