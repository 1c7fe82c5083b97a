import type { Text } from '../../workflow/text.ts'

export type TargetType = 'text' | 'integer' | 'number' | 'money' | 'instant' | 'boolean' | 'kind' | 'address'

export interface Target {
  readonly type: TargetType
  readonly name: Text
  /** `must`: no order is one without it. `should`: people cannot work the order without it. */
  readonly need?: 'must' | 'should'
  /** Fields any of which says the same, so that this one is not missed. */
  readonly coveredBy?: readonly string[]
}

/** Fields of the unified order a mapping may fill, by path. `items` is filled entry by entry. */
export const orderTargets: Readonly<Record<string, Target>> = {
  orderId: { type: 'text', name: { zh: '订单号', en: 'Order id' }, need: 'should' },
  channel: { type: 'text', name: { zh: '渠道', en: 'Channel' } },
  shop: { type: 'text', name: { zh: '店铺', en: 'Shop' } },
  kind: { type: 'kind', name: { zh: '销售或退货', en: 'Sale or return' } },
  order_customer_name: { type: 'text', name: { zh: '收件人', en: 'Customer name' }, need: 'should' },
  phone: { type: 'text', name: { zh: '手机号', en: 'Phone' }, need: 'should' },
  address: {
    type: 'address',
    name: { zh: '地址', en: 'Address' },
    need: 'should',
    coveredBy: ['address.detail'],
  },
  'address.province': { type: 'text', name: { zh: '省', en: 'Province' } },
  'address.city': { type: 'text', name: { zh: '市', en: 'City' } },
  'address.district': { type: 'text', name: { zh: '区县', en: 'District' } },
  'address.detail': { type: 'text', name: { zh: '详细地址', en: 'Street address' } },
  'address.point.lng': { type: 'number', name: { zh: '经度', en: 'Longitude' } },
  'address.point.lat': { type: 'number', name: { zh: '纬度', en: 'Latitude' } },
  items: { type: 'text', name: { zh: '商品明细', en: 'Items' }, need: 'must' },
  paidFen: { type: 'money', name: { zh: '实付金额', en: 'Paid amount' }, need: 'should' },
  orderedAt: { type: 'instant', name: { zh: '下单时间', en: 'Ordered at' }, need: 'must' },
  paidAt: { type: 'instant', name: { zh: '付款时间', en: 'Paid at' } },
  modifiedAt: { type: 'instant', name: { zh: '修改时间', en: 'Modified at' } },
  urgent: { type: 'boolean', name: { zh: '加急', en: 'Urgent' } },
  buyerNote: { type: 'text', name: { zh: '买家留言', en: 'Buyer note' } },
  sellerNote: { type: 'text', name: { zh: '卖家备注', en: 'Seller note' } },
  status: { type: 'text', name: { zh: '平台状态', en: 'Platform status' } },
  afterSale: { type: 'text', name: { zh: '售后状态', en: 'After-sale status' } },
  waybill: { type: 'text', name: { zh: '运单号', en: 'Waybill' } },
  carrier: { type: 'text', name: { zh: '快递公司', en: 'Carrier' } },
}

/** Fields of one entry of `items`. */
export const itemTargets: Readonly<Record<string, Target>> = {
  sku: { type: 'text', name: { zh: '商家编码', en: 'SKU' }, need: 'must' },
  title: { type: 'text', name: { zh: '商品名称', en: 'Title' } },
  quantity: { type: 'integer', name: { zh: '数量', en: 'Quantity' }, need: 'must' },
  unitPriceFen: {
    type: 'money',
    name: { zh: '单价', en: 'Unit price' },
    need: 'should',
    coveredBy: ['paidFen'],
  },
  paidFen: { type: 'money', name: { zh: '实付', en: 'Paid' } },
  afterSale: { type: 'text', name: { zh: '售后状态', en: 'After-sale status' } },
}

/** The name of a field by its path in a problem: `items/0/quantity` → 第 1 行数量. */
export function nameOfField(field: string): Text {
  const [root, index, ...rest] = field.split('/')
  if (root === 'items' && index !== undefined) {
    const name = itemTargets[rest.join('.')]?.name ?? { zh: '明细', en: 'entry' }
    const row = Number(index) + 1
    return { zh: `第 ${row} 行${name.zh}`, en: `Item ${row}: ${name.en}` }
  }
  return orderTargets[field.replaceAll('/', '.')]?.name ?? { zh: field, en: field }
}
