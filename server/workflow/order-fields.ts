import type { FieldSpec } from './field.ts'
import type { Text } from './text.ts'

const pieces: Text = { zh: '件', en: 'pcs' }

const channels: FieldSpec['options'] = [
  { value: 'taobao', name: { zh: '淘宝', en: 'Taobao' } },
  { value: 'tmall', name: { zh: '天猫', en: 'Tmall' } },
  { value: 'pinduoduo', name: { zh: '拼多多', en: 'Pinduoduo' } },
  { value: 'douyin', name: { zh: '抖音', en: 'Douyin' } },
  { value: 'wechat', name: { zh: '微信', en: 'WeChat' } },
  { value: 'jd', name: { zh: '京东', en: 'JD' } },
  { value: '1688', name: { zh: '1688', en: '1688' } },
  { value: 'csv', name: { zh: '表格', en: 'spreadsheet' } },
]

const afterSales: FieldSpec['options'] = [
  { value: 'none', name: { zh: '没有售后', en: 'none' } },
  { value: 'refunding', name: { zh: '退款中', en: 'refunding' } },
  { value: 'refunded', name: { zh: '已退款', en: 'refunded' } },
  { value: 'refund-closed', name: { zh: '售后已关闭', en: 'closed without a refund' } },
]

/** The unified order in the words of the people who work with it. Paths are those of `order.ts`. */
export const orderFields: readonly FieldSpec[] = [
  { path: 'order.orderId', type: 'string', name: { zh: '订单号', en: 'order number' } },
  { path: 'order.channel', type: 'string', name: { zh: '渠道', en: 'channel' }, options: channels },
  { path: 'order.shop', type: 'string', name: { zh: '店铺', en: 'shop' } },
  {
    path: 'order.kind',
    type: 'string',
    name: { zh: '单据类型', en: 'kind of order' },
    options: [
      { value: 'sale', name: { zh: '销售单', en: 'sale' } },
      { value: 'return', name: { zh: '退货单', en: 'return' } },
    ],
  },
  {
    path: 'order.order_customer_name',
    type: 'string',
    name: { zh: '收件人', en: 'recipient' },
    personal: true,
  },
  { path: 'order.phone', type: 'string', name: { zh: '手机号', en: 'phone' }, personal: true },
  { path: 'order.address.province', type: 'string', name: { zh: '省', en: 'province' } },
  { path: 'order.address.city', type: 'string', name: { zh: '市', en: 'city' } },
  { path: 'order.address.district', type: 'string', name: { zh: '区县', en: 'district' } },
  {
    path: 'order.address.detail',
    type: 'string',
    name: { zh: '详细地址', en: 'street address' },
    personal: true,
  },
  {
    path: 'order.address.point.lng',
    type: 'number',
    name: { zh: '收货地经度', en: 'longitude of the address' },
    optional: true,
    personal: true,
  },
  {
    path: 'order.address.point.lat',
    type: 'number',
    name: { zh: '收货地纬度', en: 'latitude of the address' },
    optional: true,
    personal: true,
  },
  {
    path: 'order.items',
    type: 'list',
    name: { zh: '商品', en: 'items' },
    entry: [
      { path: 'sku', type: 'string', name: { zh: '商品编码', en: 'SKU' } },
      { path: 'title', type: 'string', name: { zh: '商品名称', en: 'item title' } },
      { path: 'quantity', type: 'number', name: { zh: '数量', en: 'quantity' }, unit: pieces },
      { path: 'unitPriceFen', type: 'money', name: { zh: '单价', en: 'unit price' } },
      { path: 'paidFen', type: 'money', name: { zh: '商品实付', en: 'paid for the item' } },
      {
        path: 'afterSale',
        type: 'string',
        name: { zh: '商品售后状态', en: 'after-sale status of the item' },
        options: afterSales,
        optional: true,
      },
    ],
  },
  { path: 'order.paidFen', type: 'money', name: { zh: '实付金额', en: 'amount paid' } },
  { path: 'order.orderedAt', type: 'instant', name: { zh: '下单时间', en: 'order time' } },
  { path: 'order.paidAt', type: 'instant', name: { zh: '付款时间', en: 'payment time' }, optional: true },
  { path: 'order.modifiedAt', type: 'instant', name: { zh: '修改时间', en: 'last change' }, optional: true },
  { path: 'order.urgent', type: 'boolean', name: { zh: '急单', en: 'urgent' } },
  { path: 'order.buyerNote', type: 'string', name: { zh: '买家留言', en: "buyer's note" } },
  { path: 'order.sellerNote', type: 'string', name: { zh: '卖家备注', en: "seller's note" } },
  {
    path: 'order.status',
    type: 'string',
    name: { zh: '平台状态', en: 'status on the platform' },
    options: [
      { value: 'created', name: { zh: '未付款', en: 'not paid' } },
      { value: 'paid', name: { zh: '待发货', en: 'to be shipped' } },
      { value: 'on-hold', name: { zh: '暂不能发货', en: 'held back' } },
      { value: 'shipped', name: { zh: '已发货', en: 'shipped' } },
      { value: 'signed', name: { zh: '已签收', en: 'signed for' } },
      { value: 'refunded', name: { zh: '已退款', en: 'refunded' } },
      { value: 'closed', name: { zh: '已关闭', en: 'closed' } },
    ],
  },
  {
    path: 'order.afterSale',
    type: 'string',
    name: { zh: '售后状态', en: 'after-sale status' },
    options: afterSales,
    optional: true,
  },
  { path: 'order.waybill', type: 'string', name: { zh: '运单号', en: 'waybill' }, optional: true },
  { path: 'order.carrier', type: 'string', name: { zh: '快递公司', en: 'carrier' }, optional: true },
]

/** What every run has from its first node on: the event it began with, and the source document as it came. */
export const baseFields: readonly FieldSpec[] = [
  { path: 'event.id', type: 'string', name: { zh: '事件编号', en: 'event id' } },
  { path: 'event.kind', type: 'string', name: { zh: '事件类型', en: 'kind of event' } },
  { path: 'event.connection', type: 'string', name: { zh: '来源连接', en: 'connection' } },
  {
    path: 'event.channel',
    type: 'string',
    name: { zh: '来源渠道', en: 'channel of the event' },
    options: channels,
  },
  { path: 'event.shop', type: 'string', name: { zh: '来源店铺', en: 'shop of the event' } },
  { path: 'event.receivedAt', type: 'instant', name: { zh: '接收时间', en: 'time received' } },
  { path: 'event.orderKey', type: 'string', name: { zh: '订单标识', en: 'order key' } },
  { path: 'source', type: 'object', name: { zh: '原始数据', en: 'source document' }, open: true },
]
