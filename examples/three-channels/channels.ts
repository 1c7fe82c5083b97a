import type { ChannelOrder, PlatformDocument } from '../stage/channel-order.ts'
import { douyinOrder } from '../stage/douyin-order.ts'
import { orderIds } from '../stage/order-ids.ts'
import { pinduoduoOrder } from '../stage/pinduoduo-order.ts'
import { taobaoTrade } from '../stage/taobao-trade.ts'

export type Channel = 'taobao' | 'douyin' | 'pinduoduo'

/** A shop of the brand on one platform. */
export interface Shop {
  /** Id of its connection. */
  readonly connection: string
  readonly channel: Channel
  readonly name: string
  readonly document: (order: ChannelOrder) => PlatformDocument
  /** @param seed four digits at most; @param number six digits at most */
  readonly orderId: (seed: number, number: number, at: Date) => string
}

export const SHOPS: Readonly<Record<Channel, Shop>> = {
  taobao: {
    connection: 'suyi-taobao',
    channel: 'taobao',
    name: '素衣旗舰店',
    document: taobaoTrade,
    orderId: orderIds.taobao,
  },
  douyin: {
    connection: 'suyi-douyin',
    channel: 'douyin',
    name: '素衣抖店',
    document: douyinOrder,
    orderId: orderIds.douyin,
  },
  pinduoduo: {
    connection: 'suyi-pinduoduo',
    channel: 'pinduoduo',
    name: '素衣官方店',
    document: pinduoduoOrder,
    orderId: orderIds.pinduoduo,
  },
}
