import type { PlatformDocument } from '../stage/channel-order.ts'
import type { Channel } from './channels.ts'

/** What is wrong with a malformed document. `cut-off`: the text ends in the middle. */
export type Defect = 'no-phone' | 'no-items' | 'bad-amount' | 'cut-off'

export const DEFECTS: readonly Defect[] = ['no-phone', 'no-items', 'bad-amount', 'cut-off']

const PHONE_FIELDS: Readonly<Record<Channel, readonly string[]>> = {
  taobao: ['receiver_mobile', 'receiver_phone'],
  douyin: ['post_tel', 'encrypt_post_tel', 'mask_post_tel'],
  pinduoduo: ['receiver_phone', 'receiver_phone_mask', 'decrypted'],
}
const ITEMS: Readonly<Record<Channel, PlatformDocument>> = {
  taobao: { orders: {} },
  douyin: { sku_order_list: [] },
  pinduoduo: { item_list: [] },
}
const AMOUNT: Readonly<Record<Channel, string>> = {
  taobao: 'payment',
  douyin: 'pay_amount',
  pinduoduo: 'pay_amount',
}

/** The document with one defect; `cut-off` spoils the text and is not for this. */
export function spoil(document: PlatformDocument, channel: Channel, defect: Defect): PlatformDocument {
  switch (defect) {
    case 'no-phone': {
      const gone = new Set(PHONE_FIELDS[channel])
      return Object.fromEntries(Object.entries(document).filter(([field]) => !gone.has(field)))
    }
    case 'no-items':
      return { ...document, ...ITEMS[channel] }
    case 'bad-amount':
      return { ...document, [AMOUNT[channel]]: '一百二十元' }
    case 'cut-off':
      return document
  }
}
