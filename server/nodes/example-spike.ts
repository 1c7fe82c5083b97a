import type { ConnectionFacts } from '../world/world.ts'
import { anEvent } from './example-order.ts'
import type { StockSpike } from './stock-spike.ts'

// What the examples of node types that begin with a spike are about.

export function exampleSpike(over: Partial<StockSpike> = {}): StockSpike {
  return {
    sku: 'MILK-1',
    units: 400,
    windowSeconds: 60,
    perMinute: 1_200,
    limitPerMinute: 300,
    available: 600,
    warehouses: [
      { warehouse: 'hangzhou', name: '杭州仓', available: 520 },
      { warehouse: 'ningbo', name: '宁波仓', available: 80 },
    ],
    at: '2026-10-01T02:05:00.000Z',
    ...over,
  }
}

export const spikeEvent = anEvent({
  id: 'signal:MILK-1#flash-sale/1',
  kind: 'signal',
  connection: '',
  channel: '',
  shop: '',
  orderKey: 'signal:MILK-1#flash-sale/1',
})

/** Two shops with an address for outward calls, and one without. */
export const exampleSellers: readonly ConnectionFacts[] = [
  { id: 'douyin', name: '抖音店', channel: 'douyin', shop: '抖音店', sells: 'call' },
  { id: 'pdd', name: '拼多多店', channel: 'pinduoduo', shop: '拼多多店', sells: 'hand' },
  { id: 'tb', name: '淘宝店', channel: 'taobao', shop: '淘宝店', sells: 'call' },
]
