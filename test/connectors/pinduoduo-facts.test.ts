import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { afterSalesOf } from '../../connectors/pinduoduo/after-sale.ts'
import connector from '../../connectors/pinduoduo/connector.ts'
import { pinduoduoFault } from '../../connectors/pinduoduo/faults.ts'
import { orderDocument } from '../../connectors/pinduoduo/order-document.ts'
import type { PinduoduoContext } from '../../connectors/pinduoduo/settings.ts'
import { pinduoduoSign } from '../../connectors/pinduoduo/sign.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapHandedOver } from './support/map-handed-over.ts'

const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const present = existsSync(samples)
if (!present)
  console.warn('The platform samples (../shared/reference/samples) are absent: their tests are skipped.')

describe('the signature of Pinduoduo', () => {
  const params = {
    type: 'pdd.order.list.get',
    client_id: 'pdd_demo_client_id',
    access_token: 'pdd_demo_token',
    timestamp: '1700000000',
    data_type: 'JSON',
    version: 'V1',
    order_status: '1',
    refund_status: '1',
    start_confirm_at: '1699920000',
    end_confirm_at: '1700000000',
    page: '1',
    page_size: '100',
    use_has_next: 'true',
  }

  it('is that of the documented vector', () => {
    expect(pinduoduoSign(params, 'pdd_demo_secret')).toBe('7B0509EF81A4818D70AFC49BAE5E2782')
  })

  it('leaves itself out, and does not depend on the order of the parameters', () => {
    const turned = Object.fromEntries(Object.entries({ ...params, sign: 'X' }).reverse())
    expect(pinduoduoSign(turned, 'pdd_demo_secret')).toBe('7B0509EF81A4818D70AFC49BAE5E2782')
  })
})

describe('a refusal of Pinduoduo', () => {
  it.each([
    ['10019', 'access_token已过期', 'token'],
    ['20004', '签名sign校验失败', 'credentials'],
    ['20005', 'IP不在白名单', 'permission'],
    ['20032', 'access_token与client_id不匹配', 'authorization'],
    ['10001', '公共参数错误:type', 'request'],
    ['10001', '公共参数错误:timestamp', 'clock'],
    ['50001', '业务服务错误', 'business'],
    ['52001', '网络异常', 'platform'],
    ['52101', '当前接口被限流', 'throttled'],
    ['70031', '调用过于频繁', 'throttled'],
    ['99999', '新的错误', 'business'],
  ])('%s %s is of class %s', (code, said, expected) => {
    expect(pinduoduoFault(code, said)).toMatchObject({ class: expected, code, said })
  })

  it('that comes before the work says that nothing was done', () => {
    expect(pinduoduoFault('52102', '服务暂不可用')).toMatchObject({ class: 'platform', done: 'no' })
  })
})

describe('the after-sale of a Pinduoduo order', () => {
  const line = { sku_id: 1 }

  it.each([
    [{ after_sales_status: 0, refund_status: 1 }, 'none'],
    [{ after_sales_status: 2, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 3, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 4, refund_status: 3 }, 'refunding'],
    [{ after_sales_status: 5, refund_status: 3 }, 'refunding'],
    [{ after_sales_status: 6, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 7, refund_status: 3 }, 'refunding'],
    [{ after_sales_status: 8, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 9, refund_status: 1 }, 'refund-closed'],
    [{ after_sales_status: 10, refund_status: 4 }, 'refunded'],
    [{ after_sales_status: 11, refund_status: 1 }, 'refund-closed'],
    [{ after_sales_status: 12, refund_status: 1 }, 'refund-closed'],
    [{ after_sales_status: 13, refund_status: 1 }, 'refund-closed'],
    [{ after_sales_status: 14, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 15, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 18, refund_status: 2 }, 'refunding'],
    [{ after_sales_status: 99, refund_status: 3 }, 'refunding'],
    [{ after_sales_status: null, refund_status: 4 }, 'refunded'],
    [{}, 'none'],
  ])('told by %o is %s', (order, expected) => {
    expect(afterSalesOf(order, [line], [])).toEqual({ order: expected, lines: [expected] })
  })

  const lines = [{ sku_id: 1 }, { sku_id: 2 }]
  it.each([
    ['refunding while one line is', [[1, 2]], 'refunding', ['refunding', 'none']],
    ['its own again once one of two lines is refunded', [[1, 10]], 'none', ['refunded', 'none']],
    [
      'refunded once every line is',
      [
        [1, 10],
        [2, 10],
      ],
      'refunded',
      ['refunded', 'refunded'],
    ],
    [
      'refunding when a closed refund is asked for again',
      [
        [1, 11],
        [1, 2],
      ],
      'refunding',
      ['refunding', 'none'],
    ],
    ['closed when the only refund is', [[2, 11]], 'refund-closed', ['none', 'refund-closed']],
  ] as const)('of several lines is %s', (_name, rows, order, each) => {
    const refunds = rows.map(([sku_id, after_sales_status]) => ({
      sku_id: String(sku_id),
      after_sales_status,
    }))
    expect(afterSalesOf({ after_sales_status: 2 }, lines, refunds)).toEqual({ order, lines: each })
  })
})

// What a skipped suite reads would be read all the same.
const describeSamples = present ? describe : describe.skip
describeSamples('the samples of Pinduoduo', () => {
  if (!present) return it('read the samples', () => {})
  const sample = (file: string): unknown => parseJson(readFileSync(new URL(file, samples), 'utf8'))
  const context = { settings: { readRefunds: false } } as PinduoduoContext
  const companies = async () => ({ carrierOf: () => 'sf', idOf: () => '44' })
  const unified = async (order: object) =>
    mapHandedOver({ connector }, await orderDocument({ ...order }, context, companies))

  const list = sample('pdd-pdd.order.number.list.increment.get.json') as {
    order_sn_increment_get_response: { order_sn_list: object[] }
  }
  const detail = sample('pdd-pdd.order.information.get.json') as {
    order_info_get_response: { order_info: object }
  }
  const [waiting, returning] = list.order_sn_increment_get_response.order_sn_list as [object, object]

  it('map to unified orders: amounts in fen, Shanghai times, the masks of the receiver', async () => {
    expect(await unified(waiting)).toMatchObject({
      orderId: '261001-123456789012345',
      order_customer_name: '张*',
      phone: '1*********0',
      address: { province: '浙江省', city: '杭州市', district: '余杭区', detail: '文***路***号' },
      items: [{ sku: 'CUP-WHT-500', quantity: 2, unitPriceFen: 2_990, paidFen: 5_480, afterSale: 'none' }],
      paidFen: 5_480,
      orderedAt: new Date('2026-10-01T10:03:40+08:00'),
      paidAt: new Date('2026-10-01T10:04:02+08:00'),
      modifiedAt: new Date('2026-10-01T10:04:05+08:00'),
      status: 'paid',
      afterSale: 'none',
    })
  })

  it('keep the two axes apart: shipped by SF, and refunding', async () => {
    expect(await unified(returning)).toMatchObject({
      orderId: '261001-123456789019999',
      status: 'shipped',
      afterSale: 'refunding',
      waybill: 'SF0000000000002',
      carrier: 'sf',
    })
  })

  it('give the same version whether the order stood in a list or was read alone', async () => {
    const versions = await Promise.all(
      [waiting, detail.order_info_get_response.order_info].map(async order => {
        const { _version } = (await orderDocument({ ...order }, context, companies)) as { _version: string }
        return _version
      }),
    )
    expect(versions[0]).toBe(versions[1])
  })

  it.each(['goods_price', 'pay_amount'])('take %s as a text as well as a number', async field => {
    const text = JSON.stringify(waiting).replace(new RegExp(`"${field}":([\\d.]+)`), `"${field}":"$1"`)
    expect(text).not.toBe(JSON.stringify(waiting))
    expect(await unified(JSON.parse(text) as object)).toEqual(await unified(waiting))
  })
})
