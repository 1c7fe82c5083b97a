import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lineAfterSale, orderAfterSale } from '../../connectors/douyin/after-sale.ts'
import { canonicalJson } from '../../connectors/douyin/canonical.ts'
import connector from '../../connectors/douyin/connector.ts'
import { orderDocument } from '../../connectors/douyin/document.ts'
import { faultOf } from '../../connectors/douyin/faults.ts'
import { pushSigns, signCall } from '../../connectors/douyin/sign.ts'
import { simOrderRow } from '../../connectors/douyin/sim-order.ts'
import { simRefundRow } from '../../connectors/douyin/sim-refund.ts'
import { simShipping } from '../../connectors/douyin/sim-ship.ts'
import { douyinShop } from '../../connectors/douyin/simulator.ts'
import { type Fields, recordOf, rowsOf } from '../../connectors/kit/said.ts'
import { jsonWithBareDigits } from '../../connectors/simulators/bare-digits.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapText, platformMapping } from '../examples/platform-mapping.ts'
import { shapeOf } from './support/shape.ts'

const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const published = new URL('../../../shared/data/platform-samples/douyin/', import.meta.url)
const hasSamples = existsSync(samples)
const hasPublished = existsSync(published)
if (!hasSamples || !hasPublished)
  console.warn('Samples of the platform (../shared) are absent: their tests are skipped.')

const read = (base: URL, file: string): Fields =>
  recordOf(parseJson(readFileSync(new URL(file, base), 'utf8').replace(/^\uFEFF/, '')))
const dataOf = (base: URL, file: string) => recordOf(read(base, file).data)
const { mapping } = platformMapping('connectors/douyin/mapping.json')
const unified = (document: unknown) => {
  const mapped = mapText(mapping, JSON.stringify(document), 'douyin')
  expect(mapped.problems).toBeUndefined()
  return mapped.order!
}

describe('the signature of a call', () => {
  it('is that of the published vector, its parameters sorted at every depth and nothing escaped', () => {
    const paramJson = canonicalJson({ z: 1, nested: { 汉: '<&', a: true }, a: [3, { b: 2, a: 1 }] })
    expect(paramJson).toBe('{"a":[3,{"a":1,"b":2}],"nested":{"a":true,"汉":"<&"},"z":1}')
    const signing = {
      appKey: '1234567890123456789',
      method: 'order.searchList',
      paramJson,
      timestamp: '1667899926',
    }
    expect(signCall(signing, 'contract-app-secret')).toBe(
      'cfb0c61c20926f758e13f4bd3d59a0de0e22f3c6059f1045cae36e6cea2bd417',
    )
  })

  it('writes ids beyond 2^53 digit for digit, leaves out what is not given, and an empty object as {}', () => {
    expect(canonicalJson({})).toBe('{}')
    expect(canonicalJson({ sku_id: 1780000000000000001n, code: undefined, on: false })).toBe(
      '{"on":false,"sku_id":1780000000000000001}',
    )
    // By bytes, not by UTF-16 units.
    expect(canonicalJson({ '\u{1f600}': 1, '\uffee': 2 })).toBe('{"\uffee":2,"\u{1f600}":1}')
  })
})

it('the signature of a push has its two published forms', () => {
  expect(pushSigns('fixed-app', 'body', 'fixed-secret')).toEqual([
    '52ffa83d0da319aa6394a013350c7556',
    '382c11208cd1f85f08f12c576fa0f80fd8482203d56894a3aab0b188cf2049da',
  ])
})

describe('the after-sale state of a line', () => {
  it.each([
    [0, 0, 'none'],
    [6, 1, 'refunding'],
    [7, 1, 'refunding'],
    [11, 1, 'refunding'],
    [27, 1, 'refunding'],
    [29, 1, 'refunding'],
    [12, 1, 'refunding'],
    [12, 2, 'refunding'],
    [12, 3, 'refunded'],
    // Withdrawn: the second code stays at "pending".
    [28, 1, 'refund-closed'],
    [51, 0, 'refund-closed'],
    [13, 0, 'refunding'],
    [14, 0, 'none'],
    [53, 3, 'refunded'],
    // Not documented: counts as open.
    [77, 0, 'refunding'],
  ])('of after_sale_status %i with refund_status %i is %s', (status, money, expected) => {
    const after_sale_info = { after_sale_status: status, refund_status: money, after_sale_type: 0 }
    expect(lineAfterSale({ after_sale_info })).toBe(expected)
    const asTexts = { after_sale_status: String(status), refund_status: String(money) }
    expect(lineAfterSale({ after_sale_info: asTexts })).toBe(expected)
  })

  it('stays "none" for a price that was protected: a part of the money went back, no goods', () => {
    const after_sale_info = { after_sale_status: 12, refund_status: 3, after_sale_type: 6 }
    expect(lineAfterSale({ after_sale_info })).toBe('none')
  })
})

describe('the after-sale state of an order', () => {
  const line = (after_sale_status: number, refund_status: number, more: Fields = {}): Fields => ({
    after_sale_info: { after_sale_status, refund_status },
    ...more,
  })
  const [none, open, back, closed] = [line(0, 0), line(6, 1), line(12, 3), line(28, 1)]
  it.each([
    ['no line', [none, none], 'none'],
    ['one line open', [back, open], 'refunding'],
    ['all lines refunded', [back, back], 'refunded'],
    ['one of two lines refunded', [back, none], 'none'],
    ['one line closed', [closed, none], 'refund-closed'],
    ['one refunded, one closed', [back, closed], 'none'],
    ['the goods refunded, the gift not', [back, line(0, 0, { given_product_type: 'FREE' })], 'refunded'],
    ['nothing at all', [], 'none'],
  ] as const)('with %s in it', (_name, lines, expected) => {
    expect(orderAfterSale({ sku_order_list: lines })).toBe(expected)
  })
})

describe.skipIf(!hasSamples)('the documented samples', () => {
  it('become the unified order, with parcel, carrier and after-sale', () => {
    const detail = recordOf(dataOf(samples, 'douyin-order.orderDetail.json').shop_order_detail)
    expect(unified(orderDocument(detail, []))).toMatchObject({
      orderId: '6920000000000000001',
      phone: '1*********0',
      paidFen: 8_800,
      items: [{ sku: 'CANDLE-ROSE', quantity: 2, unitPriceFen: 4_900, paidFen: 8_800, afterSale: 'none' }],
      orderedAt: new Date('2026-10-01T10:03:40+08:00'),
      status: 'shipped',
      afterSale: 'none',
      waybill: 'SF0000000000003',
      carrier: 'sf',
    })
    const [row] = rowsOf(dataOf(samples, 'douyin-order.searchList.json').shop_order_list)
    const order = unified(orderDocument(row!, []))
    expect(order).toMatchObject({ orderId: '6920000000000000001', status: 'paid', afterSale: 'none' })
    expect(order.waybill).toBeUndefined()
  })

  it('name the goods by ids of 19 digits, none lost', () => {
    const detail = recordOf(dataOf(samples, 'douyin-order.orderDetail.json').shop_order_detail)
    expect(connector.listings!(detail)).toEqual([
      { sku: 'CANDLE-ROSE', productId: '3600000000000000001', skuId: '1780000000000000001' },
    ])
  })

  it('have the very shape the simulator answers with: the same names, the same JSON types', () => {
    const shop = douyinShop(() => new Date(1_790_820_302_000))
    const { teller } = simShipping(shop)
    const order = shop.place()
    shop.ship(order.id, { carrier: 'shunfeng', number: 'SF0000000000003', lineIds: [] })
    const refund = shop.askRefund(order.id)
    // Read as any reader does, to whom a bare number is one however long it is.
    const plain = (file: string) => JSON.parse(readFileSync(new URL(file, samples), 'utf8')).data
    const said = (row: unknown) => JSON.parse(jsonWithBareDigits(row)) as unknown
    const { shop_order_detail } = plain('douyin-order.orderDetail.json')
    expect(shapeOf(said(simOrderRow(order, teller)))).toEqual(shapeOf(shop_order_detail))
    const [item] = plain('douyin-afterSale.List.json').items
    expect(shapeOf(said(simRefundRow(order, refund)))).toEqual(shapeOf(item))
  })
})

describe.skipIf(!hasPublished)('the samples the platform publishes', () => {
  it('of an order with every number written as text become the unified order', () => {
    const detail = recordOf(dataOf(published, 'OrderDetailResponse.json').shop_order_detail)
    expect(unified(orderDocument(detail, []))).toMatchObject({
      orderId: '4781320682406083640',
      order_customer_name: '张三',
      phone: '12345678911',
      address: { province: '北京市', district: '海淀区', detail: '丹棱街1号' },
      items: [{ sku: 'ahgldjj', quantity: 2, unitPriceFen: 100, paidFen: 500, afterSale: 'refunding' }],
      paidFen: 500,
      orderedAt: new Date('2021-04-02T17:23:33+08:00'),
      paidAt: new Date('2021-04-02T17:23:33+08:00'),
      modifiedAt: new Date('2021-04-02T17:23:33+08:00'),
      status: 'shipped',
      afterSale: 'refunding',
      waybill: '3617355413',
      carrier: 'sf',
      sellerNote: '注意XX',
    })
  })

  it('of a list become the unified order as well', () => {
    const [row] = rowsOf(dataOf(published, 'OrderSearchListResponse.json').shop_order_list)
    expect(unified(orderDocument(row!, []))).toMatchObject({
      orderId: '4781320682406083640',
      items: [{ sku: 'djfafj', quantity: 2, paidFen: 500 }],
      afterSale: 'refunding',
    })
  })

  it('of events name the order to be read, ids digit for digit; those without a readable id name none', () => {
    const events = new URL('events-trade/', published)
    const credentials = { appKey: 'app', appSecret: 'secret' }
    const wantedBy = (file: string) => {
      const body = readFileSync(new URL(file, events))
      const headers = { 'event-sign': pushSigns('app', body, 'secret')[1]! }
      const context = { settings: {}, credentials, now: () => new Date() } as never
      const answer = connector.push!({ method: 'POST', query: {}, headers, body }, context)
      expect(answer.reply).toMatchObject({ status: 200, body: '{"code":0,"msg":"success"}' })
      return answer.wanted?.map(({ kind, id }) => `${kind} ${id}`).join()
    }
    const files = readdirSync(events).sort()
    expect(Object.fromEntries(files.map(file => [file.replace('.json', ''), wantedBy(file)]))).toEqual({
      TradeAddressChangeAppliedEvent: 'order 4705288465508532862',
      TradeAmountChangedEvent: 'order 12345',
      TradeAppointmentEvent: 'order 4796662193920810353',
      TradeCanceledEvent: 'order 12345',
      TradeCreateEvent: 'order 12345',
      TradeMemoModifyEvent: 'order 4805961163201956922',
      TradePaidEvent: '',
      TradePartlySellerShipEvent: 'order 4705288465508532862',
      TradePendingEvent: '',
      TradeSuccessEvent: '',
    })
  })
})

describe('a document', () => {
  const order = {
    order_id: '6920000000000000001',
    update_time: 1_790_840_001,
    order_status: 4,
    sku_order_list: [{ order_id: '1', after_sale_info: { after_sale_status: 12, refund_status: 3 } }],
  }

  it('of a cancelled order whose money went back is told as refunded', () => {
    expect(orderDocument(order, [])).toMatchObject({ _status: 'refunded', _afterSale: 'refunded' })
  })

  it('has another version once a refund moved on, though the order itself did not change', () => {
    const refund = (update_time: number) => [{ aftersale_info: { aftersale_id: '7', update_time } }]
    const versions = [[], refund(1), refund(2)].map(refunds => orderDocument(order, refunds)._version)
    expect(new Set(versions).size).toBe(3)
  })

  it('takes no ciphertext for a name where the platform left out the mask', () => {
    const hidden = { ...order, encrypt_post_receiver: '##abc##', encrypt_post_tel: '$$abc$$' }
    expect(orderDocument(hidden, [])).toMatchObject({ _receiver: '***', _tel: '***********', _detail: '***' })
  })
})

describe('what the platform says went wrong', () => {
  const answer = (body: unknown, status = 200) => {
    const text = JSON.stringify(body)
    return { status, headers: {}, text, json: () => parseJson(text) }
  }
  it.each([
    [20000, 'dop.service-error', 'platform'],
    [20001, '', 'timeout'],
    [30001, 'isv.app-permissions-insufficient', 'permission'],
    [30001, 'dop.authorization-closed', 'authorization'],
    [30002, '', 'permission'],
    [40001, 'isv.access-token-missing', 'token'],
    [40003, 'isv.signature-invalid', 'credentials'],
    [40003, 'isv.timestamp-invalid', 'clock'],
    [40003, 'isv.access-token-expired', 'token'],
    [40003, 'isv.parameter-format-invalid', 'request'],
    [50001, 'dop.token-generate-failed:code-expired', 'authorization'],
    [50001, 'dop.token-generate-failed:app-secret-invalid', 'credentials'],
    [50002, 'isv.business-failed:10015', 'business'],
    [60000, 'isv.traffic-limited', 'throttled'],
    [90000, '', 'platform'],
    [12345, 'something.new', 'business'],
  ])('as %i %s is of class %s', (code, sub_code, expected) => {
    const fault = faultOf(answer({ code, msg: '平台的话', sub_code, sub_msg: '', data: null }), false)
    expect(fault).toEqual({
      class: expected,
      code: sub_code === '' ? String(code) : `${code} ${sub_code}`,
      said: '平台的话',
    })
  })

  it('is nothing where it succeeded, wholly or in the parts that tell of themselves', () => {
    expect(faultOf(answer({ code: 10000 }), false)).toBeUndefined()
    expect(faultOf(answer({ code: 10001 }), true)).toBeUndefined()
    expect(faultOf(answer({ code: 10001, msg: '部分成功' }), false)).toMatchObject({ class: 'business' })
  })

  it('is left to the HTTP status where the answer is not its own, and unreadable where it has no code', () => {
    expect(faultOf(answer('<html>', 502), false)).toBeUndefined()
    expect(faultOf(answer({ hello: 1 }), false)).toMatchObject({ class: 'unreadable' })
  })
})
