import type { Order } from '../workflow/order.ts'
import type { StockFacts } from '../world/world.ts'
import type { RunEvent } from './node-type.ts'

// What the examples of node types are about: one plain order, the event it came by, the stock around it.

export function anOrder(over: Partial<Order> = {}): Order {
  return {
    orderId: 'T1001',
    channel: 'taobao',
    shop: '织单旗舰店',
    kind: 'sale',
    order_customer_name: '王小明',
    phone: '13800138000',
    address: {
      province: '浙江省',
      city: '杭州市',
      district: '余杭区',
      detail: '文一西路969号',
      point: { lng: 120.1536, lat: 30.2875 },
    },
    items: [{ sku: 'MILK-1', title: '一段奶粉 800g', quantity: 2, unitPriceFen: 19_900, paidFen: 39_800 }],
    paidFen: 39_800,
    orderedAt: new Date('2026-10-01T02:00:00Z'),
    urgent: false,
    buyerNote: '',
    sellerNote: '',
    status: 'paid',
    ...over,
  }
}

export function anEvent(over: Partial<RunEvent> = {}): RunEvent {
  return {
    id: 'tb:T1001:1',
    kind: 'order',
    connection: 'tb',
    channel: 'taobao',
    shop: '织单旗舰店',
    receivedAt: new Date('2026-10-01T02:05:00Z'),
    orderKey: 'tb:T1001',
    ...over,
  }
}

export const exampleConnections = [
  { id: 'tb', name: '织单旗舰店', channel: 'taobao', shop: '织单旗舰店', warehouse: 'hangzhou' },
  {
    id: 'supplier',
    name: '优源供应商',
    channel: 'supplier',
    shop: 'supplier',
    url: 'https://supplier.example/orders',
  },
]

export const exampleWarehouses = [
  { id: 'hangzhou', name: '杭州仓', point: { lng: 120.15, lat: 30.27 } },
  { id: 'ningbo', name: '宁波仓', point: { lng: 121.55, lat: 29.87 } },
  { id: 'wuhan', name: '武汉仓', point: { lng: 114.3, lat: 30.59 } },
]

export function someStock(own: number, near: number): StockFacts {
  const line = { sku: 'MILK-1', need: 2 }
  const ningbo = {
    ...line,
    warehouse: 'ningbo',
    name: '宁波仓',
    available: near,
    covers: near >= 2,
    distanceKm: 141.8,
  }
  const available = own + near
  return {
    own: { ...line, warehouse: 'hangzhou', name: '杭州仓', available: own, covers: own >= 2, distanceKm: 0 },
    near: ningbo.covers
      ? ningbo
      : { ...line, warehouse: null, name: '', available: 0, covers: false, distanceKm: null },
    others: [ningbo],
    network: { ...line, available, covers: available >= 2 },
  }
}
