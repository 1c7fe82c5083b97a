import { afterEach, describe, expect, it } from 'vitest'
import { settingsProblems } from '../../connectors/check-settings.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import connector from '../../connectors/wechat/connector.ts'
import type { WechatOrder } from '../../connectors/wechat/order.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { refusal } from './support/refusal.ts'
import { wechatRoom } from './support/wechat-room.ts'

const DAY_MS = 86_400_000

let room: Awaited<ReturnType<typeof wechatRoom>> | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function openRoom(...options: Parameters<typeof wechatRoom>) {
  room = await wechatRoom(...options)
  return room
}

describe('orders of a WeChat shop', () => {
  it('arrive with a poll, masked as they are, under ids digit for digit', async () => {
    const at = await openRoom()
    const order = at.shop.place({
      at: new Date(Date.now() - 60_000),
      lines: [{ sku: 'MUG-350', quantity: 2, paidFen: 7_000 }],
      freightFen: 600,
      buyerNote: '急',
    })
    await at.poll()
    expect([...at.orders().keys()]).toEqual([order.id])
    expect(order.id).toMatch(/^\d{19}$/)
    expect(mapHandedOver(at, at.orders().get(order.id))).toMatchObject({
      orderId: order.id,
      order_customer_name: `${order.buyer.name[0]}**`,
      phone: expect.stringMatching(/^1\d{2}\*{4}\d{4}$/),
      address: { province: order.buyer.province, city: order.buyer.city, district: order.buyer.district },
      items: [{ sku: 'MUG-350', quantity: 2, unitPriceFen: 3_990, paidFen: 7_000, afterSale: 'none' }],
      paidFen: 7_600,
      orderedAt: new Date(Math.floor(order.createdAt.getTime() / 1_000) * 1_000),
      buyerNote: '急',
      status: 'paid',
      afterSale: 'none',
    })
  })

  it('come once however often they are polled, and again when they change', async () => {
    const at = await openRoom()
    const order = at.shop.place({ isPaid: false })
    await at.poll()
    await at.poll()
    expect(at.events.size).toBe(1)
    at.shop.pay(order.id)
    await at.fetch([{ kind: 'order', id: order.id }])
    expect(at.events.size).toBe(2)
    expect(mapHandedOver(at, at.orders().get(order.id)).status).toBe('paid')
  })

  it('of a gap of twelve days are all fetched, through windows the platform takes', async () => {
    let now = new Date('2026-11-01T00:00:00Z')
    const at = await openRoom({ clock: () => now }, { now: () => now })
    await at.poll()
    for (let hour = 0; hour < 12 * 24; hour += 12)
      at.shop.place({ at: new Date(now.getTime() + hour * 3_600_000) })
    now = new Date(now.getTime() + 12 * DAY_MS)
    await at.poll()
    expect(at.orders().size).toBe(24)
  })

  it('are read a thousand within seconds', async () => {
    const at = await openRoom()
    for (let index = 0; index < 1_000; index++)
      at.shop.place({ at: new Date(Date.now() - 1_500_000 + index * 1_000) })
    await at.poll()
    expect(at.orders().size).toBe(1_000)
  })

  it('that slip over the edge of a page while the list is read are found all the same', async () => {
    const at = await openRoom()
    for (let index = 0; index < 350; index++)
      at.shop.place({ at: new Date(Date.now() - 400_000 + index * 1_000) })
    const newest = [...at.shop.all()].reverse()
    const send = at.context.http.send
    let lists = 0
    const context = {
      ...at.context,
      http: {
        ...at.context.http,
        send: async (...[make, calling]: Parameters<typeof send>) => {
          const answer = await send(make, calling)
          // After the first page fifty of its rows leave the window, and fifty others move onto it.
          if (make().url.endsWith('order/list/get') && lists++ === 0)
            for (const order of newest.slice(0, 50)) order.modifiedAt = new Date(Date.now() + 60_000)
          return answer
        },
      },
    }
    await connector.poll!(context)
    expect(at.orders().size).toBe(350)
  })

  it('created within a span are counted by their ids', async () => {
    const at = await openRoom()
    const from = Date.now() - 20 * DAY_MS
    for (let day = 0; day < 20; day++) at.shop.place({ at: new Date(from + day * DAY_MS) })
    const ids: string[] = []
    for await (const page of connector.orderIds!({ from: new Date(from), to: new Date() }, at.context))
      ids.push(...page)
    expect(ids.sort()).toEqual(
      at.shop
        .all()
        .map(({ id }) => id)
        .sort(),
    )
  })

  it('the platform does not know are passed over', async () => {
    const at = await openRoom()
    const order = at.shop.place()
    await at.fetch([
      { kind: 'order', id: '3700000000000000000' },
      { kind: 'order', id: order.id },
      { kind: 'refund', id: '1' },
    ])
    expect([...at.orders().keys()]).toEqual([order.id])
  })
})

describe('the after-sale of a WeChat order', () => {
  it('changes the order, line by line, until all of it is refunded', async () => {
    const at = await openRoom()
    const { id, lines } = at.shop.place({
      lines: [
        { sku: 'MUG-350', quantity: 1 },
        { sku: 'SOCK-5', quantity: 2 },
      ],
    })
    const seen = async () => {
      await at.poll()
      const order = mapHandedOver(at, at.orders().get(id))
      return [order.afterSale, ...order.items.map(item => item.afterSale), order.status]
    }
    expect(await seen()).toEqual(['none', 'none', 'none', 'paid'])
    const first = at.shop.askRefund(id, { lineId: lines[0]!.lineId })
    expect(await seen()).toEqual(['refunding', 'refunding', 'none', 'paid'])
    at.shop.moveRefund(first.id, 'refunded')
    expect(await seen()).toEqual(['none', 'refunded', 'none', 'paid'])
    const second = at.shop.askRefund(id, { lineId: lines[1]!.lineId, kind: 'return' })
    at.shop.moveRefund(second.id, 'returning', { carrier: 'sf', number: 'SF1' })
    expect(await seen()).toEqual(['refunding', 'refunded', 'refunding', 'paid'])
    at.shop.moveRefund(second.id, 'refunded')
    expect(await seen()).toEqual(['refunded', 'refunded', 'refunded', 'refunded'])
    expect(at.events.size).toBe(5)
  })

  it('that changes alone is seen by its own list, and the order is the same however it is read', async () => {
    const at = await openRoom()
    const order = at.shop.place({ at: new Date(Date.now() - 3_000_000) })
    const refund = at.shop.askRefund(order.id)
    order.modifiedAt = new Date(Date.now() - 2_000_000)
    await at.poll()
    at.shop.moveRefund(refund.id, 'closed')
    order.modifiedAt = new Date(Date.now() - 2_000_000)
    await at.poll()
    expect(at.events.size).toBe(2)
    expect(mapHandedOver(at, at.orders().get(order.id)).afterSale).toBe('refund-closed')
    await at.fetch([
      { kind: 'order', id: order.id },
      { kind: 'refund', id: refund.id },
    ])
    expect(at.events.size).toBe(2)
  })
})

describe('the token of a WeChat shop', () => {
  it('is got by AppID and secret alone, renewed before its end, and once when it is refused in mid-poll', async () => {
    let now = new Date('2026-11-01T00:00:00Z')
    const at = await openRoom({ clock: () => now }, { now: () => now })
    at.shop.place()
    await at.poll()
    const first = at.token()
    expect(first?.expiresAt).toEqual(new Date('2026-11-01T02:00:00Z'))
    now = new Date('2026-11-01T01:57:00Z')
    await at.poll()
    expect(at.token()?.accessToken).not.toBe(first?.accessToken)
    const second = at.token()
    at.simulator.faults.add('expire-token')
    await at.poll()
    expect(at.token()?.accessToken).not.toBe(second?.accessToken)
  })

  it('that was refused although the platform still hands it out is replaced by force', async () => {
    const at = await openRoom()
    const { http } = at.context
    const asked: boolean[] = []
    const context = {
      ...at.context,
      http: {
        ...at.context.http,
        send: async (...[make, calling]: Parameters<typeof http.send>) => {
          const { url, json } = make()
          if (url.endsWith('stable_token')) asked.push((json as { force_refresh: boolean }).force_refresh)
          else if (asked.length === 1) throw new ConnectorError({ class: 'token', code: '40001' })
          return http.send(make, calling)
        },
      },
    }
    await connector.test!(context)
    expect(asked).toEqual([false, false, true])
  })

  it('with a wrong secret is refused in plain words that do not tell the secret', async () => {
    const at = await openRoom({}, { credentials: { appSecret: 'not-the-secret' } })
    const fault = await refusal(connector.test!(at.context))
    expect(fault).toMatchObject({ class: 'credentials', code: '40125' })
    expect(JSON.stringify(fault)).not.toContain('not-the-secret')
  })

  it('opens the shop, whose name the test tells', async () => {
    const at = await openRoom()
    expect(await connector.test!(at.context)).toEqual({
      zh: '已连上店铺「织单微信小店」',
      en: 'Connected to the shop "织单微信小店"',
    })
  })
})

describe('what is written back to a WeChat shop', () => {
  const ship = connector.actions!.ship!
  const call = <B>(body: B) => ({ key: 'k', attempt: 1, body })

  it('is a shipment of the whole order, told once however often it is tried', async () => {
    const at = await openRoom()
    const { id } = at.shop.place()
    const body = { orderId: id, carrier: 'zto', waybill: 'ZT1' }
    expect(await ship.ask!(call(body), at.context)).toBeNull()
    expect(await ship.perform(call(body), at.context)).toEqual({ waybill: 'ZT1' })
    expect(await ship.perform(call(body), at.context)).toEqual({ waybill: 'ZT1' })
    expect(await ship.ask!(call(body), at.context)).toEqual({ waybill: 'ZT1' })
    await at.poll()
    expect(mapHandedOver(at, at.orders().get(id))).toMatchObject({
      status: 'shipped',
      waybill: 'ZT1',
      carrier: 'zto',
    })
    expect(await refusal(ship.perform(call({ ...body, waybill: 'ZT2' }), at.context))).toMatchObject({
      class: 'business',
    })
  })

  it('is a shipment in parts, no unit of which goes out twice', async () => {
    const at = await openRoom()
    const { id } = at.shop.place({
      lines: [
        { sku: 'MUG-350', quantity: 2 },
        { sku: 'SOCK-5', quantity: 1 },
      ],
    })
    const part = (waybill: string, lines?: { sku: string; quantity: number }[]) =>
      ship.perform(call({ orderId: id, carrier: 'sf', waybill, ...(lines && { lines }) }), at.context)
    await part('SF1', [{ sku: 'MUG-350', quantity: 1 }])
    await at.fetch([{ kind: 'order', id }])
    expect((at.orders().get(id) as WechatOrder).status).toBe(21)
    expect(await refusal(part('SF2', [{ sku: 'MUG-350', quantity: 2 }]))).toMatchObject({ class: 'business' })
    await part('SF3')
    await at.fetch([{ kind: 'order', id }])
    const { status, order_detail } = at.orders().get(id) as WechatOrder
    expect(status).toBe(30)
    expect(
      order_detail?.delivery_info?.delivery_product_info?.map(each => each.product_infos?.length),
    ).toEqual([1, 2])
  })

  it('is a shipment whose answer was lost: it is asked for, not sent again', async () => {
    const at = await openRoom({}, { timeoutMs: 150 })
    const { id } = at.shop.place()
    const body = { orderId: id, carrier: 'sf', waybill: 'SF9' }
    await connector.test!(at.context)
    const send = at.context.http.send
    const context = {
      ...at.context,
      http: {
        ...at.context.http,
        send: (...[make, calling]: Parameters<typeof send>) => {
          if (make().url.endsWith('delivery/send')) at.simulator.faults.add('timeout-after')
          return send(make, calling)
        },
      },
    }
    expect(await refusal(ship.perform(call(body), context))).toMatchObject({ class: 'timeout' })
    expect(await ship.ask!(call(body), at.context)).toEqual({ waybill: 'SF9' })
  })

  it('is the stock of a SKU, set in every listing of it', async () => {
    const at = await openRoom()
    const { id } = at.shop.place({ lines: [{ sku: 'SOCK-5', quantity: 1 }] })
    await at.fetch([{ kind: 'order', id }])
    const listings = connector.listings!(at.orders().get(id))
    const listing = at.shop.listings.find(({ sku }) => sku === 'SOCK-5')!
    expect(listings).toEqual([{ sku: 'SOCK-5', productId: listing.productId, skuId: listing.skuId }])
    const stock = connector.actions!.stock!
    await stock.perform(call({ sku: 'SOCK-5', quantity: 37, listings }), at.context)
    await stock.perform(call({ sku: 'SOCK-5', quantity: 37, listings }), at.context)
    expect(listing.stock).toBe(37)
    expect(
      await refusal(
        stock.perform(
          call({ sku: 'X', quantity: 1, listings: [{ sku: 'X', productId: '1', skuId: '2' }] }),
          at.context,
        ),
      ),
    ).toMatchObject({ class: 'business', code: '10020052' })
  })
})

describe('the receiver of a WeChat order', () => {
  it('is told in readable words, against a quota of the day', async () => {
    let now = new Date('2026-11-01T00:00:00Z')
    const at = await openRoom(
      { decodesPerDay: 2, hasVirtualNumber: order => order.number === 2, clock: () => now },
      { now: () => now },
    )
    const [first, second, third] = [at.shop.place(), at.shop.place(), at.shop.place()]
    const reveal = (id: string) => connector.reveal!({ order_id: id }, at.context)
    expect(await reveal(first.id)).toEqual({
      name: first.buyer.name,
      phone: first.buyer.phone,
      detail: first.buyer.street + first.buyer.detail,
      isVirtualPhone: false,
    })
    expect(await reveal(second.id)).toMatchObject({
      phone: `17000000000-${second.buyer.phone.slice(-4)}`,
      isVirtualPhone: true,
    })
    expect((await reveal(first.id)).name).toBe(first.buyer.name)
    const used = { class: 'business', code: '45009', said: expect.stringContaining('额度用完了') }
    expect(await refusal(reveal(third.id))).toMatchObject(used)
    now = new Date('2026-11-01T00:00:30Z')
    expect(await refusal(reveal(first.id))).toMatchObject(used)
    now = new Date('2026-11-01T16:00:00Z')
    expect((await reveal(third.id)).name).toBe(third.buyer.name)
  })

  it('stands in the order, once it is told, where the hidden one stood', async () => {
    const at = await openRoom()
    const { id, buyer } = at.shop.place()
    await at.fetch([{ kind: 'order', id }])
    const document = at.orders().get(id)
    const readable = connector.readable!(document, await connector.reveal!(document, at.context))
    expect(mapHandedOver(at, readable)).toMatchObject({
      order_customer_name: buyer.name,
      phone: buyer.phone,
      address: { province: buyer.province, detail: buyer.street + buyer.detail },
    })
    expect(mapHandedOver(at, document).phone).toContain('****')
  })
})

describe('a WeChat shop that limits calls', () => {
  it('is waited for when it counts by the minute or the second', async () => {
    const at = await openRoom({ callsPerSecond: 40 })
    for (let index = 0; index < 45; index++) at.shop.place()
    let polls = 0
    for (; at.orders().size < 45 && polls < 40; polls++)
      await at.poll().catch(error => expect(error.fault.class).toBe('throttled'))
    expect(at.orders().size).toBe(45)
    expect(at.events.size).toBe(45)
  })
})

describe('the settings of a WeChat connection', () => {
  it('are taken empty, and with an address that is one', () => {
    expect(settingsProblems(connector, {})).toEqual([])
    expect(settingsProblems(connector, { gateway: 'no address' })).not.toEqual([])
  })
})
