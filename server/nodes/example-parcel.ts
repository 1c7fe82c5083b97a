import { anEvent, anOrder } from './example-order.ts'
import type { ParcelFacts, ParcelSignal } from './parcel-signal.ts'

// What the examples of node types that begin with a parcel are about.

export function exampleParcel(over: Partial<ParcelFacts> = {}): ParcelFacts {
  return {
    id: 'sf:SF0000000000001',
    carrier: 'sf',
    carrierName: '顺丰速运',
    waybill: 'SF0000000000001',
    leg: 'out',
    state: 'exception',
    text: '快件派送不成功（电话无人接听），待再次派送',
    place: '杭州市',
    at: '2026-10-03T02:00:00.000Z',
    hoursStill: 0,
    ...over,
  }
}

export const exampleParcelSignal = (
  what: ParcelSignal['what'],
  over: Partial<ParcelFacts> = {},
): ParcelSignal => ({
  what,
  orderKey: 'tb:T1001',
  parcel: exampleParcel(over),
  order: anOrder({ status: 'shipped', carrier: 'sf', waybill: 'SF0000000000001' }),
})

export const parcelEvent = anEvent({ id: 'signal:sf:SF0000000000001#watcher/1', kind: 'signal' })
