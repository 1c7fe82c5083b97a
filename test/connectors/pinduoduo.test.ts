import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { ActionBodies, ActionCall } from '../../connectors/kit/action.ts'
import pinduoduo from '../../connectors/pinduoduo/connector.ts'
import { pinduoduoSign } from '../../connectors/pinduoduo/sign.ts'
import type { PinduoduoSimulatorOptions } from '../../connectors/pinduoduo/simulator.ts'
import { authorise } from './support/authorise.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { pinduoduoRoom } from './support/pinduoduo-room.ts'
import { refusal } from './support/refusal.ts'
import { shapeOf } from './support/shape.ts'

const MINUTE_MS = 60_000

let room: ConnectorRoom
afterEach(() => room.close())

/** A shop and a clock that both go when the test says so. */
async function open(simulated: PinduoduoSimulatorOptions = {}, more: Partial<RoomOptions> = {}) {
  let now = Date.parse('2026-10-02T09:30:00+08:00')
  const clock = () => new Date(now)
  room = await pinduoduoRoom({ clock, ...simulated }, { now: clock, ...more })
  const shop = room.simulator.shop!
  return {
    shop,
    pass: (minutes: number) => {
      now += minutes * MINUTE_MS
    },
    minutesAgo: (minutes: number) => new Date(now - minutes * MINUTE_MS),
    unified: (id: string) => mapHandedOver(room, room.orders().get(id)),
  }
}

const call = <N extends 'ship' | 'stock'>(body: ActionBodies[N]): ActionCall<ActionBodies[N]> => ({
  key: 'key-1',
  attempt: 1,
  body,
})
const ship = (body: ActionBodies['ship']) =>
  pinduoduo.actions!.ship!.perform(call<'ship'>(body), room.context)

describe('polling Pinduoduo', () => {
  it('hands over every order of the last hour, and none twice', async () => {
    const { shop, minutesAgo } = await open()
    const placed = [50, 31, 29, 4].map(minutes => shop.place({ at: minutesAgo(minutes) }).id)
    await room.poll()
    await room.poll()
    expect([...room.orders().keys()].sort()).toEqual(placed.sort())
    expect(room.events.size).toBe(4)
    expect(room.refused).toEqual([])
  })

  it('reads an order only when it is three minutes old, as the platform asks for', async () => {
    const { shop, pass } = await open()
    shop.place()
    await room.poll()
    expect(room.orders().size).toBe(0)
    pass(3.1)
    await room.poll()
    expect(room.orders().size).toBe(1)
  })

  it('fills a gap of half a day', async () => {
    const { shop, pass, minutesAgo } = await open()
    await room.poll()
    pass(12 * 60)
    const placed = Array.from(
      { length: 24 },
      (_, index) => shop.place({ at: minutesAgo(10 + index * 29) }).id,
    )
    await room.poll()
    expect([...room.orders().keys()].sort()).toEqual(placed.sort())
  })

  it('tells the order as it is now: created, paid, shipped, signed, closed', async () => {
    const { shop, pass, unified } = await open()
    const { id } = shop.place({ isPaid: false })
    const other = shop.place({ isPaid: false })
    const seen: string[] = []
    const step = async (change: () => unknown) => {
      change()
      pass(5)
      await room.poll()
      seen.push(unified(id).status)
    }
    await step(() => {})
    await step(() => shop.pay(id))
    await step(() => shop.ship(id, { carrier: 'yto', number: 'YT1', lineIds: [] }))
    await step(() => shop.sign(id))
    shop.close(other.id)
    pass(5)
    await room.poll()
    expect(seen).toEqual(['created', 'paid', 'shipped', 'signed'])
    expect(unified(id)).toMatchObject({ waybill: 'YT1', carrier: 'yto' })
    expect(unified(other.id).status).toBe('closed')
  })

  it('keeps the receiver masked and the ciphertext beside it', async () => {
    const { shop, pass, unified } = await open()
    const { id, buyer } = shop.place()
    pass(5)
    await room.poll()
    expect(unified(id).order_customer_name).toMatch(/^.\*$/)
    const text = JSON.stringify(room.orders().get(id))
    expect(text).not.toContain(buyer.phone)
    expect(text).not.toContain(buyer.name)
    expect(room.orders().get(id)).toMatchObject({ receiver_phone: expect.stringMatching(/^\$.+\$0\$$/) })
  })

  it("goes on with the platform's number of a carrier where the app may not read their names", async () => {
    const { shop, pass, unified } = await open({ forbidden: ['pdd.logistics.companies.get'] })
    const { id } = shop.place()
    shop.ship(id, { carrier: 'yto', number: 'YT1', lineIds: [] })
    pass(5)
    await room.poll()
    expect(unified(id)).toMatchObject({ waybill: 'YT1', carrier: '85' })
  })

  it('reads 2,000 orders in 20 pages, quickly', async () => {
    const { shop, minutesAgo } = await open()
    for (let index = 0; index < 2_000; index++) shop.place({ at: minutesAgo(5 + index / 100) })
    const started = performance.now()
    await room.poll()
    expect(room.orders().size).toBe(2_000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('reads the same whatever zone this machine is in', async () => {
    const zone = process.env.TZ
    try {
      process.env.TZ = 'America/New_York'
      const { shop, pass, unified } = await open()
      const { id, createdAt } = shop.place()
      pass(5)
      await room.poll()
      expect(unified(id).orderedAt).toEqual(createdAt)
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })
})

describe('a refund on Pinduoduo', () => {
  it('moves the after-sale of its order and leaves its status alone, until all is refunded', async () => {
    const { shop, pass, unified } = await open()
    const { id } = shop.place()
    const seen: string[] = []
    const look = async () => {
      pass(5)
      await room.poll()
      const { status, afterSale, items } = unified(id)
      seen.push(`${status} ${afterSale} ${items[0]!.afterSale}`)
    }
    await look()
    const first = shop.askRefund(id)
    await look()
    shop.moveRefund(first.id, 'closed')
    await look()
    const second = shop.askRefund(id, { kind: 'return' })
    await look()
    shop.moveRefund(second.id, 'returning', { carrier: '圆通快递', number: 'YT-BACK' })
    await look()
    shop.moveRefund(second.id, 'refunded')
    await look()
    expect(seen).toEqual([
      'paid none none',
      'paid refunding refunding',
      'paid refund-closed refund-closed',
      'paid refunding refunding',
      'paid refunding refunding',
      'refunded refunded refunded',
    ])
    expect(room.orders().get(id)).toMatchObject({
      _refunds: [{ after_sales_status: 11 }, { after_sales_status: 10, tracking_number: 'YT-BACK' }],
    })
  })

  it('is one event for one state, whether the order or its refund was read', async () => {
    const { shop, pass } = await open()
    const { id } = shop.place()
    shop.askRefund(id)
    pass(5)
    await room.poll()
    await room.fetch([{ kind: 'order', id }])
    expect(room.events.size).toBe(1)
  })

  it('that the app may not read keeps no order without refunds from coming in', async () => {
    const { shop, pass } = await open({ forbidden: ['pdd.refund.list.increment.get'] })
    shop.place()
    pass(5)
    expect(await refusal(room.poll())).toMatchObject({ class: 'permission', code: '20031' })
    expect(room.orders().size).toBe(1)
  })

  it('is told although the order itself says nothing new', async () => {
    const { shop, pass } = await open()
    const order = shop.place()
    const refund = shop.askRefund(order.id)
    pass(5)
    await room.poll()
    const { modifiedAt } = order
    shop.moveRefund(refund.id, 'agreed')
    order.modifiedAt = modifiedAt
    pass(5)
    await room.poll()
    expect(room.orders().get(order.id)).toMatchObject({ _refunds: [{ after_sales_status: 4 }] })
  })

  it('of one line of several leaves the others alone', async () => {
    const { shop, pass, unified } = await open()
    const lines = [
      { sku: 'MUG-350', quantity: 1 },
      { sku: 'SOCK-5', quantity: 2 },
    ]
    const order = shop.place({ lines })
    shop.moveRefund(shop.askRefund(order.id, { lineId: order.lines[1]!.lineId }).id, 'refunded')
    pass(5)
    await room.poll()
    expect(unified(order.id)).toMatchObject({
      status: 'paid',
      afterSale: 'none',
      items: [{ afterSale: 'none' }, { afterSale: 'refunded' }],
    })
  })

  it('is not asked about where the app may not read refunds and the setting says so', async () => {
    const forbidden = ['pdd.refund.list.increment.get']
    const { shop, pass, unified } = await open({ forbidden }, { settings: { readRefunds: false } })
    const { id } = shop.place()
    shop.askRefund(id)
    pass(5)
    await room.poll()
    expect(unified(id).afterSale).toBe('refunding')
  })
})

describe('the authorisation of a Pinduoduo shop', () => {
  it('is renewed before it ends', async () => {
    const { pass } = await open({ tokenLifeMs: 60 * MINUTE_MS })
    const { accessToken } = room.token()!
    pass(45)
    await room.poll()
    expect(room.token()!.accessToken).toBe(accessToken)
    pass(8)
    await room.poll()
    expect(room.token()!.accessToken).not.toBe(accessToken)
  })

  it('is renewed in the middle of a poll, and by one of many calls at once', async () => {
    const { shop, pass } = await open()
    for (let index = 0; index < 8; index++) shop.askRefund(shop.place().id)
    pass(5)
    room.simulator.faults.add('expire-token')
    await room.poll()
    expect(room.orders().size).toBe(8)
  })

  it('has to be given again by a person once the shop took it back, and nothing is missed then', async () => {
    const { shop, pass } = await open()
    await room.poll()
    await room.simulator.deeds![0]!.perform('')
    shop.place()
    pass(5)
    expect((await refusal(room.poll())).class).toBe('authorization')
    pass(120)
    await authorise(room)
    await room.poll()
    expect(room.orders().size).toBe(1)
  })

  it('is refused with a wrong secret, which is said and never shown', async () => {
    const clientSecret = 'not-the-secret-at-all'
    await open()
    const { simulator } = room
    const wrong = await connectorRoom({ connector: pinduoduo, simulator, credentials: { clientSecret } })
    const fault = await refusal(authorise(wrong))
    await wrong.close()
    expect(fault).toMatchObject({ class: 'credentials', code: '20004' })
    expect(JSON.stringify(fault)).not.toContain(clientSecret)
  })

  it('is tested by a call that changes nothing', async () => {
    const { shop } = await open()
    shop.place()
    expect((await pinduoduo.test!(room.context)).zh).toBe('已连上店铺「素衣官方店」，最近一天有 0 笔成交订单')
    expect(room.events.size).toBe(0)
  })
})

describe('shipping an order of Pinduoduo', () => {
  it("uploads the waybill under the platform's number of the carrier, and again does nothing", async () => {
    const { shop } = await open()
    const order = shop.place()
    const body = { orderId: order.id, carrier: 'sf', waybill: 'SF100' }
    expect(await ship(body)).toEqual({ waybill: 'SF100' })
    expect(await ship(body)).toEqual({ waybill: 'SF100' })
    expect(order.parcels).toMatchObject([{ carrier: '44', number: 'SF100' }])
  })

  it.each([
    ['jd', '120'],
    ['384', '384'],
  ])('takes the carrier %s for number %s', async (carrier, number) => {
    const { shop } = await open()
    const order = shop.place()
    await ship({ orderId: order.id, carrier, waybill: 'W1' })
    expect(order.parcels).toMatchObject([{ carrier: number }])
  })

  it.each([
    ['with another waybill than before', { waybill: 'SF999' }, /已经发货，运单号 SF1/],
    ['by a carrier that is not served there', { carrier: 'deppon', again: true }, /找不到「德邦快递」/],
    ['in part', { lines: [{ sku: 'MUG-350', quantity: 1 }], again: true }, /整单发货/],
    ['while it is reviewed', { again: true, held: true }, /审核中/],
    ['that is not there', { orderId: '261001-000000000000000' }, /没有这个订单/],
  ])(
    '%s is refused, in plain words',
    async (_name, { again = false, held = false, ...change }: Trial, said) => {
      const { shop } = await open()
      const order = shop.place({ lines: [{ sku: 'MUG-350', quantity: 2 }] })
      if (!again) shop.ship(order.id, { carrier: '44', number: 'SF1', lineIds: [] })
      if (held) order.status = 'on-hold'
      const fault = await refusal(ship({ orderId: order.id, carrier: 'sf', waybill: 'SF2', ...change }))
      expect(fault.class).toBe('business')
      expect(fault.said).toMatch(said)
    },
  )
  type Trial = Partial<ActionBodies['ship']> & { again?: boolean; held?: boolean }

  it('is done once although the answer never came, and can be asked about', async () => {
    const { shop } = await open({}, { timeoutMs: 150 })
    const order = shop.place()
    const body = { orderId: order.id, carrier: '44', waybill: 'SF7' }
    const ask = () => pinduoduo.actions!.ship!.ask!(call<'ship'>(body), room.context)
    expect(await ask()).toBeNull()
    const { ship: original } = shop
    const doing = ship(body)
    Object.assign(shop, {
      ship: (...args: Parameters<typeof original>) => {
        room.simulator.faults.add('timeout-after')
        return original(...args)
      },
    })
    expect(await refusal(doing)).toMatchObject({ class: 'timeout', done: 'maybe' })
    expect(await ask()).toEqual({ waybill: 'SF7' })
    expect(await ship(body)).toEqual({ waybill: 'SF7' })
    expect(order.parcels).toHaveLength(1)
  })
})

describe('stock of a Pinduoduo shop', () => {
  it('is set for every listing an order taught us, also twice', async () => {
    const { shop, pass } = await open()
    const { id } = shop.place({ lines: [{ sku: 'MUG-350', quantity: 2 }] })
    pass(5)
    await room.poll()
    const listings = pinduoduo.listings!(room.orders().get(id))
    expect(listings).toEqual([{ sku: 'MUG-350', productId: '620000000002', skuId: '1490000000003' }])
    const stock = pinduoduo.actions!.stock!
    for (const _again of [1, 2])
      await stock.perform(call<'stock'>({ sku: 'MUG-350', quantity: 7, listings }), room.context)
    expect(shop.listings.find(({ sku }) => sku === 'MUG-350')!.stock).toBe(7)
  })

  it('of goods that are no longer listed is refused', async () => {
    await open()
    const body = { sku: 'OLD', quantity: 0, listings: [{ sku: 'OLD', productId: '1', skuId: '2' }] }
    const fault = await refusal(pinduoduo.actions!.stock!.perform(call<'stock'>(body), room.context))
    expect(fault).toMatchObject({ class: 'business', said: expect.stringContaining('商品或规格不存在') })
  })
})

describe('the receiver of a Pinduoduo order', () => {
  const handedOver = async (shop: { place(): { id: string } }, pass: (minutes: number) => void) => {
    const { id } = shop.place()
    pass(5)
    await room.poll()
    return room.orders().get(id)
  }

  it('is revealed on demand', async () => {
    const { shop, pass } = await open()
    const document = await handedOver(shop, pass)
    const { name, phone, detail } = shop.all()[0]!.buyer
    expect(await pinduoduo.reveal!(document, room.context)).toEqual({
      name,
      phone,
      detail,
      isVirtualPhone: false,
    })
  })

  it('may come with a virtual phone and its extension', async () => {
    const { shop, pass } = await open({ hasVirtualPhones: true })
    const document = await handedOver(shop, pass)
    const tail = shop.all()[0]!.buyer.phone.slice(-4)
    expect(await pinduoduo.reveal!(document, room.context)).toMatchObject({
      phone: `18400000000-${tail}`,
      isVirtualPhone: true,
    })
  })

  it('is no longer told when the quota of the day is used up, or the order was shipped', async () => {
    const { shop, pass } = await open({ decryptQuota: 4 })
    const document = await handedOver(shop, pass)
    await pinduoduo.reveal!(document, room.context)
    expect(await refusal(pinduoduo.reveal!(document, room.context))).toMatchObject({ class: 'throttled' })
    const { id } = shop.all()[0]!
    shop.ship(id, { carrier: '44', number: 'SF1', lineIds: [] })
    await room.fetch([{ kind: 'order', id }])
    expect(await refusal(pinduoduo.reveal!(room.orders().get(id), room.context))).toMatchObject({
      class: 'business',
    })
  })
})

describe('orders of Pinduoduo by their numbers', () => {
  it('are read again one by one; numbers it does not know are passed over', async () => {
    const { shop } = await open()
    const { id } = shop.place()
    await room.fetch([
      { kind: 'order', id: '261001-000000000000000' },
      { kind: 'order', id },
      { kind: 'order', id },
      { kind: 'refund', id: '9000000001' },
    ])
    expect([...room.orders().keys()]).toEqual([id])
  })

  it('are listed for a span of several days, page by page', async () => {
    const { shop, minutesAgo } = await open()
    for (let index = 0; index < 250; index++) shop.place({ at: minutesAgo(1 + index * 15) })
    shop.place({ at: minutesAgo(10), isPaid: false })
    const pages: (readonly string[])[] = []
    const span = { from: minutesAgo(249 * 15), to: minutesAgo(0) }
    for await (const page of pinduoduo.orderIds!(span, room.context)) pages.push(page)
    const formed = shop.all().filter(({ paidAt }) => paidAt)
    expect(pages.length).toBeGreaterThan(2)
    expect(new Set(pages.flat())).toEqual(new Set(formed.slice(0, 249).map(({ id }) => id)))
  })
})

describe('the simulated Pinduoduo', () => {
  const samples = new URL('../../../shared/reference/samples/', import.meta.url)

  async function raw(params: Record<string, string | number>, secret = ''): Promise<unknown> {
    const { gateway } = room.context.settings as { gateway: string }
    const { clientId, clientSecret } = room.context.credentials as { clientId: string; clientSecret: string }
    const form = Object.fromEntries(
      Object.entries({
        client_id: clientId,
        access_token: room.token()?.accessToken ?? '',
        timestamp: Math.floor(room.context.now().getTime() / 1_000),
        ...params,
      }).map(([name, value]) => [name, String(value)]),
    )
    const sign = pinduoduoSign(form, secret || clientSecret)
    const body = new URLSearchParams({ ...form, sign })
    return (await fetch(gateway, { method: 'POST', body })).json()
  }

  const spanned = (room: ConnectorRoom, seconds: number) => {
    const end = Math.floor(room.context.now().getTime() / 1_000) + 1
    return { start_updated_at: end - seconds, end_updated_at: end, page: 1 }
  }
  const all = { is_lucky_flag: 0, order_status: 5, refund_status: 5 }

  it.skipIf(!existsSync(samples)).each([
    ['pdd-pdd.order.number.list.increment.get.json', 'pdd.order.number.list.increment.get', all],
    ['pdd-pdd.order.information.get.json', 'pdd.order.information.get', {}],
    [
      'pdd-pdd.refund.list.increment.get.json',
      'pdd.refund.list.increment.get',
      { after_sales_status: 1, after_sales_type: 1 },
    ],
    ['pdd-error-response.json', 'pdd.order.information.get', { access_token: 'no more' }],
  ] satisfies [string, string, Record<string, string | number>][])(
    'answers in the shape of %s',
    async (file, type, params) => {
      const { shop } = await open()
      const { id } = shop.place()
      shop.askRefund(id)
      const sample: unknown = JSON.parse(readFileSync(new URL(file, samples), 'utf8'))
      const sn: Record<string, string> = type === 'pdd.order.information.get' ? { order_sn: id } : {}
      expect(shapeOf(await raw({ type, ...spanned(room, 600), ...sn, ...params }))).toEqual(shapeOf(sample))
    },
  )

  it.each([
    ['a wrong signature', 20004, { type: 'pdd.order.information.get' }, 'wrong'],
    ['a clock that is off by eleven minutes', 10001, { timestamp: 1_000_000 }, ''],
    ['an app it does not know', 10016, { client_id: 'other' }, ''],
    ['an interface it does not have', 10017, { type: 'pdd.nothing' }, ''],
    [
      'a window of more than half an hour',
      21001,
      { type: 'pdd.order.number.list.increment.get', ...all, far: 1 },
      '',
    ],
    [
      'a page of more than a hundred',
      21001,
      { type: 'pdd.order.number.list.increment.get', ...all, page_size: 101 },
      '',
    ],
  ])('refuses %s with %d', async (_name, code, params, secret) => {
    await open()
    const { far, ...rest } = { far: 0, ...params } as Record<string, string | number>
    const type = 'pdd.order.information.get'
    const answer = await raw({ type, ...spanned(room, far ? 1_801 : 1_800), ...rest }, secret)
    expect(answer).toMatchObject({ error_response: { error_code: code } })
  })

  it('limits how often a list is asked for', async () => {
    await open({ limits: { 'pdd.order.number.list.increment.get': { times: 2, withinMs: 600_000 } } })
    const ask = () => raw({ type: 'pdd.order.number.list.increment.get', ...all, ...spanned(room, 60) })
    await ask()
    await ask()
    expect(await ask()).toMatchObject({ error_response: { error_code: 70031 } })
  })
})
