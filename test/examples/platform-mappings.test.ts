import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inventBuyer } from '../../connectors/simulators/buyers.ts'
import { createPrng } from '../../connectors/simulators/prng.ts'
import { type ChannelOrder, paidFen } from '../../examples/stage/channel-order.ts'
import { wireText } from '../../examples/stage/wire.ts'
import { catalogue } from '../../examples/three-channels/catalogue.ts'
import { SHOPS } from '../../examples/three-channels/channels.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapText, platformMapping } from './platform-mapping.ts'

const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const present = existsSync(samples)
if (!present)
  console.warn('The platform samples (../shared/reference/samples) are absent: their tests are skipped.')

/** The part of a documented answer that is the order, with its digits as they stand in the file. */
function sampleOrder(file: string, ...path: string[]): string {
  let part = parseJson(readFileSync(new URL(file, samples), 'utf8'))
  for (const key of path) part = (part as Record<string, unknown>)[key]
  return JSON.stringify(part)
}

const point = { lng: expect.any(Number), lat: expect.any(Number) }

describe.skipIf(!present)('the mapping of each platform on the order its documentation shows', () => {
  it('reads every field of a Taobao trade, the 19-digit id digit for digit and the receiver masked', () => {
    const { mapping } = platformMapping('connectors/taobao/mapping.json')
    const text = sampleOrder('taobao-taobao.trade.fullinfo.get.json', 'trade_fullinfo_get_response', 'trade')
    expect(mapText(mapping, text, 'taobao').order).toEqual({
      orderId: '4123456789012345678',
      channel: 'taobao',
      shop: 'my shop',
      kind: 'sale',
      order_customer_name: '张**',
      phone: '*******0000',
      address: {
        province: '浙江省',
        city: '杭州市',
        district: '余杭区',
        detail: '仓前街道文**路***号',
        point,
      },
      items: [
        {
          sku: 'TSHIRT-BLK-L',
          title: '纯棉短袖T恤 演示商品',
          quantity: 1,
          unitPriceFen: 12_900,
          paidFen: 11_900,
        },
      ],
      paidFen: 11_900,
      orderedAt: new Date('2026-10-01T10:03:40+08:00'),
      paidAt: new Date('2026-10-01T10:05:12+08:00'),
      modifiedAt: new Date('2026-10-01T10:05:13+08:00'),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
      status: 'paid',
    })
  })

  it('reads every field of a Douyin order: fen, epoch seconds, the mask where nothing was decrypted', () => {
    const { mapping } = platformMapping('connectors/douyin/mapping.json')
    const text = sampleOrder('douyin-order.orderDetail.json', 'data', 'shop_order_detail')
    expect(mapText(mapping, text, 'douyin').order).toEqual({
      orderId: '6920000000000000001',
      channel: 'douyin',
      shop: 'my shop',
      kind: 'sale',
      order_customer_name: '张*',
      phone: '1*********0',
      address: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文***路***', point },
      items: [
        { sku: 'CANDLE-ROSE', title: '演示香薰蜡烛', quantity: 2, unitPriceFen: 4_900, paidFen: 8_800 },
      ],
      paidFen: 8_800,
      orderedAt: new Date(1_790_820_220_000),
      paidAt: new Date(1_790_820_302_000),
      modifiedAt: new Date(1_790_840_001_000),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
      status: 'shipped',
    })
  })

  it('reads every field of a Pinduoduo order and never takes ciphertext for a name or a phone', () => {
    const { mapping } = platformMapping('connectors/pinduoduo/mapping.json')
    const text = sampleOrder('pdd-pdd.order.information.get.json', 'order_info_get_response', 'order_info')
    expect(mapText(mapping, text, 'pinduoduo').order).toEqual({
      orderId: '261001-123456789012345',
      channel: 'pinduoduo',
      shop: 'my shop',
      kind: 'sale',
      order_customer_name: '张*',
      phone: '1*********0',
      address: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文***路***号', point },
      items: [
        { sku: 'CUP-WHT-500', title: '演示保温杯 500ml', quantity: 2, unitPriceFen: 2_990, paidFen: 5_980 },
      ],
      paidFen: 5_480,
      orderedAt: new Date('2026-10-01T10:03:40+08:00'),
      paidAt: new Date('2026-10-01T10:04:02+08:00'),
      modifiedAt: new Date('2026-10-01T10:04:05+08:00'),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
      status: 'paid',
    })
  })
})

describe('one sale told by each of the three platforms', () => {
  const at = new Date('2026-06-18T12:00:00Z')
  const buyer = inventBuyer(createPrng(3), 17)
  const sale: Omit<ChannelOrder, 'orderId' | 'shop'> = {
    buyer,
    lines: [
      { product: catalogue[0]!, quantity: 2, paidFen: 50_100 },
      { product: catalogue[7]!, quantity: 1, paidFen: 32_900 },
    ],
    postageFen: 800,
    orderedAt: at,
    paidAt: new Date(at.getTime() + 20_000),
    urgent: true,
    buyerNote: '麻烦尽快发货',
    sellerNote: '送小样',
  }

  for (const shop of Object.values(SHOPS)) {
    it(`is the same order on ${shop.channel}, ids digit for digit`, () => {
      const { mapping } = platformMapping(`connectors/${shop.channel}/mapping.json`)
      const order: ChannelOrder = { ...sale, orderId: shop.orderId(7, 42, at), shop: shop.name }
      const mapped = mapText(mapping, wireText(shop.document(order)), shop.channel)
      expect(mapped.problems).toBeUndefined()
      expect(mapped.order).toMatchObject({
        orderId: order.orderId,
        channel: shop.channel,
        order_customer_name: buyer.name,
        phone: buyer.phone,
        address: { province: buyer.province, city: buyer.city, district: buyer.district },
        items: [
          { sku: 'DRESS-BLU-S', quantity: 2, unitPriceFen: 25_900 },
          { sku: 'KNIT-OAT-M', quantity: 1, unitPriceFen: 32_900 },
        ],
        paidFen: paidFen(order),
        orderedAt: at,
        paidAt: sale.paidAt,
        modifiedAt: sale.paidAt,
        urgent: true,
        buyerNote: '麻烦尽快发货',
        sellerNote: '送小样',
        status: 'paid',
      })
      expect(mapped.order?.address.detail).toContain(buyer.detail)
    })
  }
})

describe('the state of a platform order', () => {
  const statusOf = (channel: keyof typeof SHOPS, change: Record<string, unknown>) => {
    const shop = SHOPS[channel]
    const order: ChannelOrder = {
      orderId: shop.orderId(1, 1, new Date(0)),
      shop: shop.name,
      buyer: inventBuyer(createPrng(1), 1),
      lines: [{ product: catalogue[0]!, quantity: 1, paidFen: 25_900 }],
      postageFen: 0,
      orderedAt: new Date('2026-06-18T12:00:00Z'),
      paidAt: new Date('2026-06-18T12:00:20Z'),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
    }
    const { mapping } = platformMapping(`connectors/${channel}/mapping.json`)
    return mapText(mapping, wireText({ ...shop.document(order), ...change }), channel).order?.status
  }

  it.each([
    ['taobao', { status: 'WAIT_BUYER_PAY' }, 'created'],
    ['taobao', { status: 'PAID_FORBID_CONSIGN' }, 'on-hold'],
    ['taobao', { status: 'TRADE_CLOSED' }, 'refunded'],
    ['taobao', { status: 'SOMETHING_NEW' }, 'SOMETHING_NEW'],
    ['douyin', { order_status: 105 }, 'on-hold'],
    ['douyin', { order_status: 101 }, 'shipped'],
    ['douyin', { order_status: 4 }, 'closed'],
    ['pinduoduo', { confirm_status: 0 }, 'created'],
    ['pinduoduo', { confirm_status: 2 }, 'closed'],
    ['pinduoduo', { risk_control_status: 1 }, 'on-hold'],
    ['pinduoduo', { order_status: 2 }, 'shipped'],
    ['pinduoduo', { order_status: 3 }, 'signed'],
    ['pinduoduo', { refund_status: 4 }, 'refunded'],
  ] as const)('of %s with %o is %s', (channel, change, status) => {
    expect(statusOf(channel, change)).toBe(status)
  })
})
