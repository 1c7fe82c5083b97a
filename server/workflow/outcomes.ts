import type { Text } from './text.ts'

type Words = Readonly<Record<string, Text>>

/** How runs usually come out, by what stands on the run. People write others in their own words. */
export const outcomes: Words = {
  accepted: { zh: '已收单', en: 'Accepted' },
  ship: { zh: '发货', en: 'Ship' },
  transfer: { zh: '调拨', en: 'Transfer' },
  purchase: { zh: '采购', en: 'Purchase' },
  backorder: { zh: '缺货', en: 'Backorder' },
  review: { zh: '转人工', en: 'To a person' },
  merged: { zh: '合并', en: 'Merged' },
  dropped: { zh: '丢弃', en: 'Dropped' },
  cancelled: { zh: '取消', en: 'Cancelled' },
  returned: { zh: '退货', en: 'Returned' },
  restocked: { zh: '退货入库', en: 'Restocked' },
  frozen: { zh: '停售', en: 'Off sale' },
  resumed: { zh: '恢复销售', en: 'Back on sale' },
  watched: { zh: '已提醒', en: 'Warned' },
  shipped: { zh: '已发货', en: 'Shipped' },
  signed: { zh: '已签收', en: 'Signed for' },
  late: { zh: '超时', en: 'Late' },
  quarantined: { zh: '待修', en: 'To mend' },
  done: { zh: '处理完', en: 'Done' },
}

/** What is usually written on an order when a run ends. */
export const orderStatuses: Words = {
  accepted: { zh: '已收单', en: 'accepted' },
  'to-ship': { zh: '待发货', en: 'to be shipped' },
  'to-ship-first': { zh: '优先发货', en: 'to be shipped first' },
  'in-transfer': { zh: '调拨中', en: 'in transfer' },
  purchasing: { zh: '采购中', en: 'being purchased' },
  backorder: { zh: '缺货', en: 'backorder' },
  'on-hold': { zh: '暂缓', en: 'on hold' },
  review: { zh: '等人处理', en: 'waits for a person' },
  merged: { zh: '已合并', en: 'merged' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  returned: { zh: '已退货', en: 'returned' },
  restocked: { zh: '已入库', en: 'back in stock' },
  shipped: { zh: '已发货', en: 'shipped' },
  signed: { zh: '已签收', en: 'signed for' },
  quarantined: { zh: '待修', en: 'to be mended' },
  closed: { zh: '已关闭', en: 'closed' },
}

/** A code in words; what somebody wrote in their own words is its own name. */
export function wordOf(words: Words, code: string): Text {
  const known = Object.hasOwn(words, code) ? words[code] : undefined
  return known ?? { zh: code, en: code }
}
