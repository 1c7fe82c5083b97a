import type { Text } from './text.ts'

/** Where a parcel is, in words. The codes are those of every carrier's report. */
export const parcelStates = {
  waiting: { zh: '待揽收', en: 'waiting to be collected' },
  collected: { zh: '已揽收', en: 'collected' },
  'in-transit': { zh: '运输中', en: 'in transit' },
  'out-for-delivery': { zh: '派送中', en: 'out for delivery' },
  signed: { zh: '已签收', en: 'signed for' },
  returning: { zh: '退回中', en: 'being returned' },
  returned: { zh: '已退回', en: 'returned' },
  exception: { zh: '异常', en: 'exception' },
} as const satisfies Readonly<Record<string, Text>>

/** What a parcel is to its order: on its way to the buyer, sent back by them, or brought back undelivered. */
export const parcelLegs = {
  out: { zh: '发货', en: 'to the buyer' },
  return: { zh: '买家退货', en: 'sent back by the buyer' },
  back: { zh: '未妥投退回', en: 'undelivered, on its way back' },
  in: { zh: '采购来货', en: 'bought from a supplier' },
} as const satisfies Readonly<Record<string, Text>>

export type ParcelLeg = keyof typeof parcelLegs
