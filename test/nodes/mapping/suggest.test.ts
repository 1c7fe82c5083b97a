import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../server/intake/json.ts'
import { anEvent } from '../../../server/nodes/example-order.ts'
import { compileMapping } from '../../../server/nodes/mapping/compile.ts'
import type { FieldMapping, ItemFieldMapping } from '../../../server/nodes/mapping/mapping.ts'
import { suggestMapping } from '../../../server/nodes/mapping/suggest/suggest.ts'
import type { Suggestion } from '../../../server/nodes/mapping/suggest/suggestion.ts'

const SHARED = new URL('../../../../shared/', import.meta.url)

/** Targets with every path that is right for them; the first of several sources is what counts. */
type Answers = Readonly<Record<string, readonly string[]>>

interface Case {
  readonly file: string
  /** Where the one order of the document stands. */
  readonly at: readonly (string | number)[]
  readonly answers: Answers
}

const douyin: Answers = {
  orderId: ['order_id'],
  order_customer_name: ['post_receiver', 'mask_post_receiver', 'encrypt_post_receiver'],
  phone: ['post_tel', 'mask_post_tel', 'encrypt_post_tel'],
  'address.province': ['post_addr.province.name', 'mask_post_addr.province.name'],
  'address.city': ['post_addr.city.name', 'mask_post_addr.city.name'],
  'address.district': ['post_addr.town.name', 'mask_post_addr.town.name'],
  'address.detail': ['post_addr.detail', 'mask_post_addr.detail', 'post_addr.encrypt_detail'],
  items: ['sku_order_list'],
  'items.sku': ['code', 'out_sku_id'],
  'items.title': ['product_name'],
  'items.quantity': ['item_num'],
  'items.unitPriceFen': ['origin_amount'],
  'items.paidFen': ['pay_amount'],
  paidFen: ['pay_amount'],
  orderedAt: ['create_time'],
  paidAt: ['pay_time'],
  modifiedAt: ['update_time'],
  buyerNote: ['buyer_words'],
  sellerNote: ['seller_words'],
  status: ['order_status', 'main_status', 'order_status_desc'],
}

const wechat: Answers = {
  orderId: ['order_id'],
  order_customer_name: ['order_detail.delivery_info.address_info.user_name'],
  phone: ['order_detail.delivery_info.address_info.tel_number'],
  'address.province': ['order_detail.delivery_info.address_info.province_name'],
  'address.city': ['order_detail.delivery_info.address_info.city_name'],
  'address.district': ['order_detail.delivery_info.address_info.county_name'],
  'address.detail': ['order_detail.delivery_info.address_info.detail_info'],
  items: ['order_detail.product_infos'],
  'items.title': ['title'],
  'items.quantity': ['sku_cnt'],
  'items.unitPriceFen': ['sale_price'],
  'items.sku': ['sku_code', 'out_sku_id', 'sku_id'],
  paidFen: ['order_detail.price_info.order_price'],
  orderedAt: ['create_time'],
  paidAt: ['order_detail.pay_info.pay_time'],
  modifiedAt: ['update_time'],
  buyerNote: ['order_detail.ext_info.customer_notes'],
  sellerNote: ['order_detail.ext_info.merchant_notes'],
  status: ['status'],
}

const pinduoduo: Answers = {
  orderId: ['order_sn'],
  order_customer_name: ['receiver_name_mask'],
  phone: ['receiver_phone_mask'],
  'address.province': ['province'],
  'address.city': ['city'],
  'address.district': ['town'],
  'address.detail': ['receiver_address_mask'],
  items: ['item_list'],
  'items.sku': ['outer_id'],
  'items.title': ['goods_name'],
  'items.quantity': ['goods_count'],
  'items.unitPriceFen': ['goods_price'],
  paidFen: ['pay_amount'],
  orderedAt: ['created_time'],
  paidAt: ['pay_time'],
  modifiedAt: ['updated_at'],
  buyerNote: ['buyer_memo'],
  sellerNote: ['remark'],
  status: ['order_status'],
}

const CASES: readonly Case[] = [
  {
    file: 'reference/samples/taobao-taobao.trade.fullinfo.get.json',
    at: ['trade_fullinfo_get_response', 'trade'],
    answers: {
      orderId: ['tid', 'tid_str'],
      order_customer_name: ['receiver_name'],
      phone: ['receiver_mobile'],
      'address.province': ['receiver_state'],
      'address.city': ['receiver_city'],
      'address.district': ['receiver_district'],
      'address.detail': ['receiver_address'],
      items: ['orders.order'],
      'items.sku': ['outer_sku_id'],
      'items.title': ['title'],
      'items.quantity': ['num'],
      'items.unitPriceFen': ['price'],
      'items.paidFen': ['divide_order_fee', 'payment'],
      paidFen: ['payment'],
      orderedAt: ['created'],
      paidAt: ['pay_time'],
      modifiedAt: ['modified'],
      buyerNote: ['buyer_message'],
      sellerNote: ['seller_memo'],
      status: ['status'],
    },
  },
  {
    file: 'reference/samples/douyin-order.orderDetail.json',
    at: ['data', 'shop_order_detail'],
    answers: douyin,
  },
  {
    file: 'reference/samples/douyin-order.searchList.json',
    at: ['data', 'shop_order_list', 0],
    answers: douyin,
  },
  {
    file: 'data/platform-samples/douyin/OrderDetailResponse.json',
    at: ['data', 'shop_order_detail'],
    answers: douyin,
  },
  {
    file: 'data/platform-samples/douyin/OrderSearchListResponse.json',
    at: ['data', 'shop_order_list', 0],
    answers: douyin,
  },
  {
    file: 'reference/samples/pdd-pdd.order.information.get.json',
    at: ['order_info_get_response', 'order_info'],
    answers: pinduoduo,
  },
  {
    file: 'reference/samples/pdd-pdd.order.number.list.increment.get.json',
    at: ['order_sn_increment_get_response', 'order_sn_list', 0],
    answers: pinduoduo,
  },
  {
    file: 'reference/samples/wechat-order.get.json',
    at: ['order'],
    answers: { ...wechat, 'items.paidFen': ['real_price'] },
  },
  { file: 'data/platform-samples/wechat/ChannelsECOrderGetResponse.json', at: ['order'], answers: wechat },
  {
    file: 'reference/samples/jd-jingdong.pop.order.enSearch.json',
    at: ['jingdong_pop_order_enSearch_responce', 'searchorderinfo_result', 'orderInfoList', 0],
    answers: {
      orderId: ['orderId'],
      order_customer_name: ['consigneeInfo.fullname'],
      phone: ['consigneeInfo.mobile'],
      'address.province': ['consigneeInfo.province'],
      'address.city': ['consigneeInfo.city'],
      'address.district': ['consigneeInfo.county'],
      'address.detail': ['consigneeInfo.fullAddress'],
      items: ['itemInfoList'],
      'items.sku': ['outerSkuId'],
      'items.title': ['skuName'],
      'items.quantity': ['itemTotal'],
      'items.unitPriceFen': ['jdPrice'],
      paidFen: ['orderPayment'],
      orderedAt: ['orderStartTime'],
      paidAt: ['paymentConfirmTime'],
      modifiedAt: ['modified'],
      buyerNote: ['orderRemark'],
      sellerNote: ['venderRemark'],
      status: ['orderState'],
    },
  },
  {
    file: 'reference/samples/1688-alibaba.trade.get.buyerView.json',
    at: ['result'],
    answers: {
      orderId: ['baseInfo.idOfStr', 'baseInfo.id'],
      order_customer_name: ['baseInfo.receiverInfo.toFullName', 'nativeLogistics.contactPerson'],
      phone: ['baseInfo.receiverInfo.toMobile', 'nativeLogistics.mobile'],
      'address.province': ['nativeLogistics.province'],
      'address.city': ['nativeLogistics.city'],
      'address.district': ['nativeLogistics.area'],
      'address.detail': ['nativeLogistics.address'],
      items: ['productItems'],
      'items.sku': ['cargoNumber'],
      'items.title': ['name'],
      'items.quantity': ['quantity'],
      'items.unitPriceFen': ['price'],
      'items.paidFen': ['itemAmount'],
      paidFen: ['baseInfo.totalAmount'],
      orderedAt: ['baseInfo.createTime'],
      paidAt: ['baseInfo.payTime'],
      modifiedAt: ['baseInfo.modifyTime'],
      status: ['baseInfo.status'],
    },
  },
]

const present =
  existsSync(new URL('reference/samples/', SHARED)) && existsSync(new URL('data/platform-samples/', SHARED))
if (!present) console.warn('The platform samples (../shared) are absent: their tests are skipped.')

function orderOf({ file, at }: Case): unknown {
  let part = parseJson(readFileSync(new URL(file, SHARED), 'utf8').replace(/^\uFEFF/, ''))
  for (const key of at) part = (part as Record<string | number, unknown>)[key]
  return part
}

function firstSource({ field }: Suggestion): string | undefined {
  return field.each ?? (Array.isArray(field.from) ? field.from[0] : field.from)
}

describe.skipIf(!present)('suggestions for the orders platforms show in their documentation', () => {
  let right = 0
  let all = 0

  it.each(CASES)('$file: nine of ten fields are right', each => {
    const document = orderOf(each)
    // A field the document does not have cannot be suggested.
    const wanted = Object.entries(each.answers).filter(
      ([to, paths]) =>
        !to.startsWith('items.') || paths.some(path => JSON.stringify(document).includes(`"${path}"`)),
    )
    const { suggestions } = suggestMapping([document])
    const found = new Map(suggestions.map(suggestion => [suggestion.to, firstSource(suggestion)]))
    const wrong = wanted
      .filter(([to, paths]) => !paths.includes(found.get(to) ?? ''))
      .map(([to]) => `${to}: ${found.get(to)}`)
    right += wanted.length - wrong.length
    all += wanted.length
    expect(wrong.length / wanted.length, wrong.join(', ')).toBeLessThanOrEqual(0.1)
  })

  it('are right for 95 of 100 fields over all of them', () => {
    expect(right / all).toBeGreaterThanOrEqual(0.95)
  })

  it('find the list where a document holds several orders, and suggest nothing for it', () => {
    for (const { file, at } of CASES.filter(each => typeof each.at.at(-1) === 'number')) {
      const whole = parseJson(readFileSync(new URL(file, SHARED), 'utf8').replace(/^\uFEFF/, ''))
      expect(suggestMapping([whole])).toMatchObject({ suggestions: [], orders: at.slice(0, -1).join('.') })
    }
  })

  it('cope with every document of the folders, also with those that are no orders', () => {
    for (const folder of [
      'reference/samples/',
      'data/platform-samples/wechat/',
      'data/platform-samples/douyin/',
    ]) {
      for (const name of readdirSync(new URL(folder, SHARED)).filter(each => each.endsWith('.json'))) {
        const document = parseJson(
          readFileSync(new URL(folder + name, SHARED), 'utf8').replace(/^\uFEFF/, ''),
        )
        for (const { to, confidence, reason } of suggestMapping([document]).suggestions) {
          expect(to).not.toBe('')
          expect(confidence).toBeLessThanOrEqual(1)
          expect(reason.zh).not.toContain('undefined')
        }
      }
    }
  })
})

const ERP = {
  单据编号: 'XS-20261001-0007',
  下单日期: '2026/10/01 10:03',
  客户: '王小明',
  联系电话: '138-0013-8000',
  送货地址: '浙江省杭州市余杭区文一西路969号',
  '应收金额(元)': '398',
  备注: '加急',
  明细: [{ 货号: 'MILK-1', 品名: '纯牛奶 24 盒', 件数: 2, 单价: '199.00', 金额: '398.00' }],
}

/** The mapping that adopting all suggestions makes. */
function adopted(document: unknown): FieldMapping[] {
  const { suggestions } = suggestMapping([document])
  const entries = suggestions
    .filter(({ to }) => to.startsWith('items.'))
    .map(({ field }): ItemFieldMapping => field)
  return suggestions
    .filter(({ to }) => !to.startsWith('items.'))
    .map(({ to, field }) => (to === 'items' ? { ...field, fields: entries } : field))
}

function orderFrom(document: unknown) {
  const { map, problems } = compileMapping({ fields: adopted(document) })
  expect(problems).toEqual([])
  return map!(document, anEvent())
}

describe('adopting all suggestions', () => {
  it('makes a whole order of an ERP export nobody has seen, with names in Chinese', () => {
    expect(orderFrom(ERP).order).toMatchObject({
      orderId: 'XS-20261001-0007',
      order_customer_name: '王小明',
      phone: '13800138000',
      address: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文一西路969号' },
      items: [{ sku: 'MILK-1', title: '纯牛奶 24 盒', quantity: 2, unitPriceFen: 19_900, paidFen: 39_800 }],
      paidFen: 39_800,
      orderedAt: new Date('2026-10-01T10:03:00+08:00'),
      sellerNote: '加急',
    })
  })

  it('makes an order of one flat row with names in pinyin', () => {
    const row = {
      ddbh: 'A-1001',
      shouhuoren: '张三',
      shouji: '13900001111',
      shdz: '上海市浦东新区世纪大道1号',
      xdsj: '2026-10-01 10:00:00',
      spbm: 'SKU-1',
      spmc: '杯子',
      sl: 3,
      dj: '12.5',
      sfje: '37.50',
    }
    expect(orderFrom(row).order).toMatchObject({
      orderId: 'A-1001',
      phone: '13900001111',
      items: [{ sku: 'SKU-1', quantity: 3, unitPriceFen: 1_250 }],
      paidFen: 3_750,
    })
  })

  it('keeps every digit of a 19-digit order number', () => {
    const document = parseJson(JSON.stringify(ERP).replace('"XS-20261001-0007"', '4123456789012345678'))
    expect(orderFrom(document).order?.orderId).toBe('4123456789012345678')
  })
})

describe('a suggestion', () => {
  const suggested = (document: object, to: string) =>
    suggestMapping([document]).suggestions.find(each => each.to === to)

  it('takes whole amounts of a platform for fen and those of an export for yuan, and says which', () => {
    const platform = { order_id: '1', pay_amount: 8800, order_amount: 9800, create_time: 1_790_820_220 }
    expect(suggested(platform, 'paidFen')).toMatchObject({
      reason: { zh: expect.stringContaining('以分计') },
    })
    expect(suggested(platform, 'paidFen')?.field.transforms).toBeUndefined()
    expect(suggested({ 订单号: 'A-10001', 实付金额: 88 }, 'paidFen')).toMatchObject({
      field: { transforms: [{ use: 'yuan' }] },
      reason: { zh: expect.stringContaining('请核对') },
    })
  })

  it('knows times in seconds and in milliseconds', () => {
    expect(suggested({ create_time: 1_790_820_220 }, 'orderedAt')?.field.transforms).toEqual([
      { use: 'date', format: 'epoch-seconds' },
    ])
    expect(suggested({ createTime: '1790820220000' }, 'orderedAt')?.field.transforms).toEqual([
      { use: 'date', format: 'epoch-ms' },
    ])
  })

  it('finds a mobile number by its look alone, and is not sure of it', () => {
    const phone = suggested({ x7: '13800138000' }, 'phone')
    expect(phone?.field.from).toBe('x7')
    expect(phone?.confidence).toBeLessThan(0.6)
  })

  it('prefers a mask that can be read to a text that is encrypted', () => {
    const document = { receiver_phone: '$AgAAAADEMOCIPHERPHONE==$0$', receiver_phone_mask: '138****0000' }
    expect(suggested(document, 'phone')?.field.from).toBe('receiver_phone_mask')
  })

  it('does not take the phone of a sender, a discount or a refund for those of the order', () => {
    const { suggestions } = suggestMapping([
      {
        sender_mobile: '13800138000',
        discount_amount: '5.00',
        refund: { refund_amount: '3.00' },
        运费: '8.00',
      },
    ])
    expect(suggestions).toEqual([])
  })

  it('reads names with dots and brackets by paths that work', () => {
    const { field } = suggested({ 'order.no': 'A-10001', 'buyer[0]': 'x' }, 'orderId') ?? {}
    expect(field?.from).toBe('["order.no"]')
  })

  it('is none for documents without fields, or that are no objects at all', () => {
    for (const document of [{}, [], 'text', 3, null, { a: { b: [] } }])
      expect(suggestMapping([document]).suggestions).toEqual([])
  })
})
