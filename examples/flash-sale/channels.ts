import type { ChannelOrder, PlatformDocument } from '../stage/channel-order.ts'
import { douyinOrder } from '../stage/douyin-order.ts'
import { orderIds } from '../stage/order-ids.ts'
import { pinduoduoOrder } from '../stage/pinduoduo-order.ts'
import { taobaoTrade } from '../stage/taobao-trade.ts'
import { mallOrder, mallOrderId } from './mall-order.ts'

/** A shop of the brand on one channel. */
export interface Shop {
  /** Id of its connection. */
  readonly connection: string
  readonly channel: string
  readonly name: string
  /** Share of the orders that come by it. */
  readonly share: number
  /** Path of its mapping from the project's root. */
  readonly mapping: string
  readonly document: (order: ChannelOrder) => PlatformDocument
  /** @param seed four digits at most; @param number six digits at most */
  readonly orderId: (seed: number, number: number, at: Date) => string
}

export const SHOPS: readonly Shop[] = [
  {
    connection: 'sale-taobao',
    channel: 'taobao',
    name: '素衣旗舰店',
    share: 0.4,
    mapping: 'connectors/taobao/mapping.json',
    document: taobaoTrade,
    orderId: orderIds.taobao,
  },
  {
    connection: 'sale-pinduoduo',
    channel: 'pinduoduo',
    name: '素衣官方店',
    share: 0.25,
    mapping: 'connectors/pinduoduo/mapping.json',
    document: pinduoduoOrder,
    orderId: orderIds.pinduoduo,
  },
  {
    connection: 'sale-douyin',
    channel: 'douyin',
    name: '素衣抖店',
    share: 0.25,
    mapping: 'connectors/douyin/mapping.json',
    document: douyinOrder,
    orderId: orderIds.douyin,
  },
  {
    connection: 'sale-mall',
    channel: 'mall',
    name: '素衣小程序商城',
    share: 0.1,
    mapping: 'examples/flash-sale/mall-mapping.json',
    document: mallOrder,
    orderId: mallOrderId,
  },
]
