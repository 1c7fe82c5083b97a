import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { afterSaleOf } from '../../connectors/jd/after-sale.ts'
import { shared } from '../../connectors/jd/amounts.ts'
import jd from '../../connectors/jd/connector.ts'
import { jdFault } from '../../connectors/jd/faults.ts'
import { orderDocument } from '../../connectors/jd/order-document.ts'
import { readRefundPages } from '../../connectors/jd/refunds.ts'
import type { JdContext } from '../../connectors/jd/settings.ts'
import { jdParamJson, jdSign } from '../../connectors/jd/sign.ts'
import type { JdSimulatorOptions } from '../../connectors/jd/simulator.ts'
import { parseJson } from '../../server/intake/json.ts'
import { authorise } from './support/authorise.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'
import { jdRoom } from './support/jd-room.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { refusal } from './support/refusal.ts'
import { shapeOf } from './support/shape.ts'

const MINUTE_MS = 60_000
const samples = new URL('../../../shared/reference/samples/', import.meta.url)
const present = existsSync(samples)
if (!present)
  console.warn('The platform samples (../shared/reference/samples) are absent: their tests are skipped.')

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

/** A shop and a clock that both go when the test says so. */
async function open(simulated: JdSimulatorOptions = {}, more: Partial<RoomOptions> = {}) {
  let now = Date.parse('2026-10-02T09:30:00+08:00')
  const clock = () => new Date(now)
  const opened = await jdRoom({ clock, ...simulated }, { now: clock, ...more })
  room = opened
  return {
    room: opened,
    shop: opened.simulator.shop!,
    pass: (minutes: number) => {
      now += minutes * MINUTE_MS
    },
    minutesAgo: (minutes: number) => new Date(now - minutes * MINUTE_MS),
    unified: (id: string) => mapHandedOver(opened, opened.orders().get(id)),
  }
}

describe('the signature of JD', () => {
  const params = {
    start_date: '2026-10-01 00:00:00',
    end_date: '2026-10-01 12:00:00',
    order_state: 'WAIT_SELLER_STOCK_OUT',
    optional_fields: 'itemInfoList,consigneeInfo',
    page: '1',
    page_size: '50',
    sortType: undefined,
  }

  it('is that of the documented vector, the JSON of what is asked included', () => {
    const form = {
      method: 'jingdong.pop.order.enSearch',
      app_key: 'JD_DEMO_KEY',
      access_token: 'JD_DEMO_TOKEN',
      timestamp: '2026-10-01 12:00:00',
      format: 'json',
      v: '2.0',
      '360buy_param_json': jdParamJson(params),
    }
    expect(form['360buy_param_json']).toBe(
      '{"end_date":"2026-10-01 12:00:00","optional_fields":"itemInfoList,consigneeInfo","order_state":"WAIT_SELLER_STOCK_OUT","page":"1","page_size":"50","start_date":"2026-10-01 00:00:00"}',
    )
    expect(jdSign(form, 'JD_DEMO_SECRET')).toBe('81BAAA2ED806E6FDE491AF8E1954265A')
    expect(jdSign({ ...form, sign: 'X' }, 'JD_DEMO_SECRET')).toBe('81BAAA2ED806E6FDE491AF8E1954265A')
  })
})

describe('a refusal of JD', () => {
  it.each([
    ['19', '无效的请求', 'token'],
    ['5', 'access_token已过期', 'token'],
    ['5', 'Invalid signature', 'credentials'],
    ['5', '无效签名', 'credentials'],
    ['5', '无效时间戳', 'clock'],
    ['5', '接口调用频率超过限制', 'throttled'],
    ['5', '没有调用该接口的权限', 'permission'],
    ['5', '平台连接后端服务不可用', 'platform'],
    ['5', '缺少参数order_id', 'request'],
    ['10100', '订单不存在', 'business'],
  ])('%s %s is of class %s', (code, said, expected) => {
    expect(jdFault(code, said)).toEqual({ class: expected, code, said })
  })
})

describe('the after-sale of a JD order', () => {
  const order = { orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', orderPayment: '119.00' }
  it.each([
    ['none without a refund', [], 'none'],
    ['refunding when one is asked for', [{ status: 0 }], 'refunding'],
    ['refunding when it was agreed to', [{ status: 1 }], 'refunding'],
    ['closed when it was refused', [{ status: 2 }], 'refund-closed'],
    ['closed when the buyer took it back', [{ status: '11' }], 'refund-closed'],
    ['refunding when it is asked for again', [{ status: 11 }, { status: 0 }], 'refunding'],
    ['refunded when all was paid back', [{ status: 3, applyRefundSum: 11_900 }], 'refunded'],
    ['its own again when a part was paid back', [{ status: 3, applyRefundSum: 1_000 }], 'none'],
    ['refunding in a state that is new', [{ status: 99 }], 'refunding'],
  ])('is %s', (_name, refunds, expected) => {
    expect(afterSaleOf(order, refunds)).toBe(expected)
  })

  it('is refunded when a refund cancelled the order', () => {
    expect(afterSaleOf({ orderState: 'TRADE_CANCELED' }, [{ status: 3, applyRefundSum: 1 }])).toBe('refunded')
  })
})

describe('the price of the lines of a JD order', () => {
  it.each([
    [11_900, [12_900], [11_900]],
    [10_000, [1, 1, 1], [3_334, 3_333, 3_333]],
    [9_999, [5_000, 10_000, 0], [3_333, 6_666, 0]],
    [500, [0, 0], [500, 0]],
  ])('of %d fen is shared by the list prices %j to the last fen', (total, weights, expected) => {
    expect(shared(total, weights)).toEqual(expected)
  })
})

describe('a sample of JD', () => {
  const read = () => {
    const file = new URL('jd-jingdong.pop.order.enSearch.json', samples)
    return parseJson(readFileSync(file, 'utf8')) as {
      jingdong_pop_order_enSearch_responce: {
        searchorderinfo_result: { orderInfoList: [Readonly<Record<string, unknown>>] }
      }
    }
  }
  const orderOf = () => read().jingdong_pop_order_enSearch_responce.searchorderinfo_result.orderInfoList[0]
  const unified = (order: Readonly<Record<string, unknown>>) =>
    mapHandedOver({ connector: jd }, orderDocument(order, []))

  it.skipIf(!present)('maps to the unified order: fen, Shanghai time, the receiver as it came', () => {
    expect(unified(orderOf())).toMatchObject({
      orderId: '300000000001',
      channel: 'jd',
      order_customer_name: 'DEMOENCRYPTEDNAME',
      phone: 'DEMOENCRYPTEDMOBILE',
      address: {
        province: expect.stringMatching(/^浙江/),
        city: '杭州市',
        district: '余杭区',
        detail: '仓前街道 DEMOENCRYPTEDADDR',
      },
      items: [
        {
          sku: 'TSHIRT-BLK-L',
          title: '纯棉短袖T恤 黑色 L',
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
      status: 'paid',
      afterSale: 'none',
    })
  })

  it.skipIf(!present).each([
    ['WAIT_SELLER_STOCK_OUT', 'paid'],
    ['LOCKED', 'on-hold'],
    ['PAUSE', 'on-hold'],
    ['POP_ORDER_PAUSE', 'on-hold'],
    ['WAIT_GOODS_RECEIVE_CONFIRM', 'shipped'],
    ['WAIT_SELLER_DELIVERY', 'shipped'],
    ['FINISHED_L', 'signed'],
    ['TRADE_CANCELED', 'closed'],
    ['SOMETHING_NEW', 'unknown'],
  ])('in the state %s is %s', (orderState, expected) => {
    expect(unified({ ...orderOf(), orderState }).status).toBe(expected)
  })

  it.skipIf(!present)('may be pushed by hand as it is', () => {
    const { status, waybill, afterSale } = mapHandedOver({ connector: jd }, orderOf())
    expect({ status, waybill, afterSale }).toEqual({ status: 'paid' })
  })

  it.skipIf(!present)(
    'with ciphertexts longer than a phone stays one order with a receiver of its own',
    () => {
      const head = 'AAECAwQFBgcICQ'.repeat(50)
      const [one, other] = ['one', 'other'].map(tail => {
        const cipher = `${head}${tail}`
        const consigneeInfo = { fullname: cipher, mobile: cipher, fullAddress: cipher, town: '仓前街道' }
        return unified({ ...orderOf(), consigneeInfo })
      })
      expect(one!.phone).toMatch(/^AAECAwQF…[\da-f]{16}$/)
      expect(one!.address.detail).toMatch(/^仓前街道 AAECAwQF…/)
      expect(one!.phone).not.toBe(other!.phone)
    },
  )

  it.skipIf(!present)('with the time JD writes for "never" was not paid yet', () => {
    expect(unified({ ...orderOf(), paymentConfirmTime: '0001-01-01 00:00:00' }).paidAt).toBeUndefined()
  })

  it.skipIf(!present)('has the shape of what the simulator answers', async () => {
    const { room: at, shop } = await open()
    shop.place({ lines: [{ sku: 'MUG-350', quantity: 1, paidFen: 3_000 }] })
    const { gateway } = at.context.settings as { gateway: string }
    const form: Record<string, string> = {
      method: 'jingdong.pop.order.enSearch',
      app_key: 'JD-DEMO-APP-KEY',
      access_token: at.token()!.accessToken,
      timestamp: '2026-10-02 09:30:00',
      format: 'json',
      v: '2.0',
      '360buy_param_json': jdParamJson({
        start_date: '2026-10-02 09:00:00',
        end_date: '2026-10-02 09:30:00',
        order_state: 'WAIT_SELLER_STOCK_OUT',
        optional_fields: Object.keys(orderOf()).join(','),
        page: '1',
        page_size: '10',
      }),
    }
    const body = new URLSearchParams({ ...form, sign: jdSign(form, 'jd-demo-app-secret-0001') })
    const answer = await (await fetch(gateway, { method: 'POST', body })).json()
    expect(shapeOf(answer)).toEqual(shapeOf(read()))
  })
})

describe('polling JD', () => {
  it('hands over every paid order of the last hour, and none twice', async () => {
    const { room: at, shop, minutesAgo } = await open()
    const placed = [50, 31, 29, 1].map(minutes => shop.place({ at: minutesAgo(minutes) }).id)
    shop.place({ isPaid: false })
    await at.poll()
    await at.poll()
    expect([...at.orders().keys()].sort()).toEqual(placed.sort())
    expect(at.events.size).toBe(4)
    expect(at.refused).toEqual([])
  })

  it('fills a gap of two days, and tells orders as they are now', async () => {
    const { room: at, shop, pass, minutesAgo, unified } = await open()
    const { id } = shop.place()
    await at.poll()
    expect(unified(id).status).toBe('paid')
    pass(48 * 60)
    const placed = Array.from({ length: 20 }, (_, index) => shop.place({ at: minutesAgo(index * 140) }).id)
    shop.ship(id, { carrier: '467', number: 'SF1', lineIds: [] })
    await at.poll()
    expect([...at.orders().keys()].sort()).toEqual([id, ...placed].sort())
    expect(unified(id)).toMatchObject({ status: 'shipped', waybill: 'SF1', carrier: 'sf' })
    shop.sign(id)
    shop.close(placed[0]!)
    await at.poll()
    expect(unified(id).status).toBe('signed')
    expect(unified(placed[0]!).status).toBe('closed')
  })

  it('reads 2,000 orders in 20 pages, quickly', async () => {
    const { room: at, shop, minutesAgo } = await open()
    for (let index = 0; index < 2_000; index++) shop.place({ at: minutesAgo(index / 100) })
    const started = performance.now()
    await at.poll()
    expect(at.orders().size).toBe(2_000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('works with the other way to write the time of a request, and for shops abroad', async () => {
    const settings = { timestampForm: 'zoned', isOverseas: true }
    const { room: at, shop } = await open({}, { settings })
    shop.place()
    await at.poll()
    expect(at.orders().size).toBe(1)
  })
})

describe('a refund on JD', () => {
  it('holds the order and tells where the after-sale stands, until the order is cancelled', async () => {
    const { room: at, shop, pass, unified } = await open()
    const { id } = shop.place()
    const seen: string[] = []
    const look = async () => {
      pass(5)
      await at.poll()
      const { status, afterSale } = unified(id)
      seen.push(`${status} ${afterSale}`)
    }
    await look()
    const first = shop.askRefund(id)
    await look()
    shop.moveRefund(first.id, 'closed')
    await look()
    const second = shop.askRefund(id)
    await look()
    shop.moveRefund(second.id, 'refunded')
    await look()
    expect(seen).toEqual([
      'paid none',
      'on-hold refunding',
      'paid refund-closed',
      'on-hold refunding',
      'refunded refunded',
    ])
  })

  it('is one event for one state, whether the order was found in a list or read alone', async () => {
    const { room: at, shop, pass } = await open()
    const { id } = shop.place()
    shop.ship(id, { carrier: '467', number: 'SF1', lineIds: [] })
    shop.askRefund(id)
    pass(1)
    await at.poll()
    await at.fetch([{ kind: 'order', id }])
    expect(at.events.size).toBe(1)
  })

  it('is told although the order itself says nothing new', async () => {
    const { room: at, shop, pass, unified } = await open()
    const order = shop.place()
    shop.ship(order.id, { carrier: '467', number: 'SF1', lineIds: [] })
    await at.poll()
    const { modifiedAt } = order
    pass(60)
    const refund = shop.askRefund(order.id)
    order.modifiedAt = modifiedAt
    await at.poll()
    expect(unified(order.id)).toMatchObject({ status: 'shipped', afterSale: 'refunding' })
    pass(60)
    shop.moveRefund(refund.id, 'closed')
    order.modifiedAt = modifiedAt
    await at.poll()
    expect(unified(order.id)).toMatchObject({ status: 'shipped', afterSale: 'refund-closed' })
  })

  it('is found among more of them than the pages of one list hold', async () => {
    const { room: at, shop, pass } = await open()
    const { id } = shop.place()
    for (let hour = 0; hour < 52; hour++) {
      for (let each = 0; each < 100; each++) shop.askRefund(id)
      pass(60)
    }
    let rows = 0
    const span = { from: new Date('2026-10-02T09:00:00+08:00'), to: at.context.now() }
    await readRefundPages(at.context as JdContext, 'apply', span, async page => {
      rows += page.length
    })
    expect(rows).toBe(5_200)
  })

  const forbidden = ['jingdong.pop.afs.soa.refundapply.queryPageList']

  it('that the app may not read keeps no order from coming in, and is said', async () => {
    const { room: at, shop, unified } = await open({ forbidden })
    const { id } = shop.place()
    shop.askRefund(id)
    expect(await refusal(at.poll())).toMatchObject({ class: 'permission' })
    expect(unified(id).status).toBe('on-hold')
  })

  it('is not asked about where the setting says so', async () => {
    const { room: at, shop, unified } = await open({ forbidden }, { settings: { readRefunds: false } })
    const { id } = shop.place()
    shop.askRefund(id)
    await at.poll()
    await at.fetch([{ kind: 'order', id }])
    expect(unified(id).status).toBe('on-hold')
  })
})

describe('the authorisation of a JD shop', () => {
  it('is renewed before it ends', async () => {
    const { room: at, pass } = await open({ tokenLifeMs: 60 * MINUTE_MS })
    const { accessToken } = at.token()!
    pass(52)
    await at.poll()
    expect(at.token()!.accessToken).not.toBe(accessToken)
  })

  it('has to be given again by a person once the shop took it back, and nothing is missed then', async () => {
    const { room: at, shop, pass } = await open()
    await at.poll()
    await at.simulator.deeds![0]!.perform('')
    shop.place()
    expect((await refusal(at.poll())).class).toBe('authorization')
    pass(180)
    await authorise(at)
    await at.poll()
    expect(at.orders().size).toBe(1)
  })

  it('is refused with a wrong secret, which is said and never shown', async () => {
    const appSecret = 'not-the-secret-at-all'
    const { room: at } = await open()
    const wrong = await connectorRoom({
      connector: jd,
      simulator: at.simulator,
      credentials: { appSecret },
    })
    const fault = await refusal(authorise(wrong))
    await wrong.close()
    expect(fault).toMatchObject({ class: 'credentials' })
    expect(JSON.stringify(fault)).not.toContain(appSecret)
  })

  it('is tested by a call that changes nothing', async () => {
    const { room: at, shop } = await open()
    shop.place()
    expect((await jd.test!(at.context)).zh).toBe('已连上，最近一天有 1 笔订单')
    expect(at.events.size).toBe(0)
  })
})

describe('orders of JD by their ids', () => {
  it('are read again one by one; ids it does not know are passed over', async () => {
    const { room: at, shop } = await open()
    const { id } = shop.place()
    await at.fetch([
      { kind: 'order', id: '1' },
      { kind: 'order', id },
      { kind: 'order', id },
    ])
    expect([...at.orders().keys()]).toEqual([id])
  })

  it('are listed for a span of several days, page by page', async () => {
    const { room: at, shop, minutesAgo } = await open()
    for (let index = 0; index < 250; index++) shop.place({ at: minutesAgo(1 + index * 15) })
    const pages: (readonly string[])[] = []
    const span = { from: minutesAgo(249 * 15), to: minutesAgo(0) }
    for await (const page of jd.orderIds!(span, at.context)) pages.push(page)
    expect(pages.length).toBeGreaterThan(2)
    expect(new Set(pages.flat())).toEqual(
      new Set(
        shop
          .all()
          .slice(0, 249)
          .map(({ id }) => id),
      ),
    )
  })
})

describe('the simulated JD', () => {
  it.each([
    ['a wrong signature', { sign: 'X' }, '12'],
    ['a clock that is off by eleven minutes', { timestamp: '2026-10-02 09:18:59' }, '14'],
    ['an app it does not know', { app_key: 'other' }, '11'],
    ['a method it does not have', { method: 'jingdong.nothing' }, '10'],
    ['a token that is no longer good', { access_token: 'old' }, '19'],
    [
      'a span of more than a month',
      { '360buy_param_json': jdParamJson({ start_date: '2026-08-01 00:00:00', page: '1' }) },
      '61',
    ],
    [
      'a page of more than a hundred',
      { '360buy_param_json': jdParamJson({ page_size: '101', page: '1' }) },
      '61',
    ],
  ] satisfies [string, Record<string, string>, string][])('refuses %s', async (_name, change, code) => {
    const { room: at } = await open()
    const { gateway } = at.context.settings as { gateway: string }
    const asked = {
      start_date: '2026-10-02 09:00:00',
      end_date: '2026-10-02 09:30:00',
      order_state: 'LOCKED',
      optional_fields: 'orderId',
      page: '1',
      page_size: '10',
    }
    const changed: Record<string, string> = change
    const form: Record<string, string> = {
      method: 'jingdong.pop.order.enSearch',
      app_key: 'JD-DEMO-APP-KEY',
      access_token: at.token()!.accessToken,
      timestamp: '2026-10-02 09:30:00',
      ...changed,
      '360buy_param_json': jdParamJson({
        ...asked,
        ...(JSON.parse(changed['360buy_param_json'] ?? '{}') as object),
      }),
    }
    const sign = changed.sign ?? jdSign(form, 'jd-demo-app-secret-0001')
    const answer = await fetch(gateway, { method: 'POST', body: new URLSearchParams({ ...form, sign }) })
    expect(await answer.json()).toMatchObject({ error_response: { code } })
  })

  it('limits how often it is called', async () => {
    const { room: at } = await open({ perSecond: 0.5 })
    expect((await jd.test!(at.context)).en).toMatch(/^Connected/)
    expect(await refusal(jd.test!(at.context))).toMatchObject({ class: 'throttled', code: '21' })
  })
})
