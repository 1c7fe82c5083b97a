import { BEFORE, certainties, compact, itemNames, orderNames } from '../../nodes/mapping/suggest/names.ts'

const ofOrder = certainties(orderNames)
const ofItem = certainties(itemNames)

/** Columns of lists from group chats and shops that no unified field is made of. */
const OTHERS = new Set(
  '序号 规格 份数 跟团号 接龙号 团员 团员备注 团长 自提点 楼栋 小区 快递 快递公司 快递单号 物流公司 物流单号 运单号 运费 邮费 优惠 优惠金额 支付方式 付款方式 付款状态 支付状态 配送方式 邮编 寄件人 寄件人电话 寄件地址 重量 体积 图片 链接 昵称 微信昵称 群昵称 款式 颜色 尺码 口味 套餐'.split(
    ' ',
  ),
)

const known = new Set([...ofOrder.values(), ...ofItem.values()].flatMap(names => [...names.keys()]))

/** Whether a text is what columns of order lists are called. */
export function isKnownColumn(text: string): boolean {
  const name = compact(text)
  if (name === '') return false
  return (
    known.has(name) ||
    OTHERS.has(name) ||
    Object.values(BEFORE).some(before => {
      const rest = name.replace(before, '')
      return rest !== name && known.has(rest)
    })
  )
}

/** Whether a column says who gets the order or when it was made: all rows of one order say the same there. */
export function isOrderLevel(column: string): boolean {
  return ORDER_LEVEL.some(target => certaintyOf(target, column) >= 0.75)
}

const ORDER_LEVEL = [
  'order_customer_name',
  'phone',
  'address',
  'address.detail',
  'address.province',
  'orderedAt',
]

/** Whether a column holds order numbers. */
export function isOrderNumber(column: string): boolean {
  return certaintyOf('orderId', column) >= 0.9
}

export const isPhoneColumn = (column: string): boolean => certaintyOf('phone', column) >= 0.75

function certaintyOf(target: string, column: string): number {
  const names = ofOrder.get(target)
  const name = compact(column)
  return names?.get(name) ?? names?.get(name.replace(BEFORE.buyer, '')) ?? 0
}
