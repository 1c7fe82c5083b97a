import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import connector from '../../connectors/douyin/connector.ts'
import { pushSigns } from '../../connectors/douyin/sign.ts'
import { type DouyinSimulatorOptions, douyinSimulator } from '../../connectors/douyin/simulator.ts'
import type { ActionBodies } from '../../connectors/kit/action.ts'
import { type Fields, recordOf, rowsOf } from '../../connectors/kit/said.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapText, platformMapping } from '../examples/platform-mapping.ts'
import { receiver } from './support/carrier.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'
import { refusal } from './support/refusal.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const START = Date.parse('2026-11-11T00:30:00+08:00')
const { mapping } = platformMapping('connectors/douyin/mapping.json')

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

/** A shop and its connector with one clock between them. */
async function open(simulated: DouyinSimulatorOptions = {}, options: Partial<RoomOptions> = {}) {
  // Within a second: what is placed now is behind its beginning.
  const clock = { at: START + 500 }
  const now = () => new Date(clock.at)
  const simulator = douyinSimulator({ clock: now, callsPerSecond: 10_000, ...simulated })
  room = await connectorRoom({ connector, simulator, now, ...options })
  return { room, clock, shop: simulator.shop!, simulator }
}

const unified = (document: unknown) => mapText(mapping, JSON.stringify(document), 'douyin').order!
const orderOf = (at: ConnectorRoom, id: string): Fields => recordOf(at.orders().get(id))
const act = <N extends 'ship' | 'stock'>(at: ConnectorRoom, name: N, body: ActionBodies[N], key = 'k1') =>
  (connector.actions![name] as NonNullable<(typeof connector.actions & object)[N]>).perform(
    { key, body: body as never, attempt: 1 },
    at.context,
  )

describe('polling a Douyin shop', () => {
  it('hands every order over once, as the unified order reads it, the receiver masked', async () => {
    const { room, shop, clock } = await open()
    const placed = shop.place({
      at: new Date(START - HOUR_MS),
      lines: [
        { sku: 'TEE-WHT-M', quantity: 2, paidFen: 25_001 },
        { sku: 'MUG-350', quantity: 1 },
      ],
      freightFen: 800,
      urgent: true,
    })
    await room.poll()
    clock.at += 5 * 60_000
    await room.poll()
    expect(room.events.size).toBe(1)
    const order = unified(orderOf(room, placed.id))
    expect(order).toMatchObject({
      orderId: placed.id,
      paidFen: 25_001 + 3_990 + 800,
      items: [
        { sku: 'TEE-WHT-M', quantity: 2, unitPriceFen: 12_900, paidFen: 25_001 },
        { sku: 'MUG-350', quantity: 1, unitPriceFen: 3_990, paidFen: 3_990 },
      ],
      orderedAt: new Date('2026-11-10T23:30:00+08:00'),
      urgent: true,
      status: 'paid',
      afterSale: 'none',
    })
    expect(order.phone).toContain('*')
    expect(JSON.stringify(orderOf(room, placed.id))).not.toContain(placed.buyer.phone)
  })

  it('reads as far back as the connection says the first time, and fills a gap of days afterwards', async () => {
    const { room, shop, clock } = await open({}, { settings: { firstDays: 2 } })
    shop.place({ at: new Date(START - 3 * DAY_MS) })
    const old = shop.place({ at: new Date(START - 1.5 * DAY_MS) })
    await room.poll()
    expect([...room.orders().keys()]).toEqual([old.id])
    clock.at += 4 * DAY_MS
    const missed = [1, 2, 3].map(days => shop.place({ at: new Date(START + days * DAY_MS) }).id)
    await room.poll()
    expect([...room.orders().keys()].sort()).toEqual([old.id, ...missed].sort())
    expect(room.events.size).toBe(4)
  })

  it('puts several orders of one buyer into one lane although the phone is masked', async () => {
    const { room, shop } = await open()
    const { buyer } = shop.place()
    shop.place({ buyer })
    shop.place()
    await room.poll()
    const buyers = [...room.orders().values()].map(document => recordOf(document).doudian_open_id)
    expect(connector.defaults!.identity.buyer).toContain('doudian_open_id')
    expect(new Set(buyers).size).toBe(2)
  })

  it('tells a refund as a new version with its rows, whether it was asked, agreed or withdrawn', async () => {
    const { room, shop, clock } = await open()
    const { id } = shop.place({ lines: [{ sku: 'MUG-350', quantity: 1 }] })
    clock.at += 60_000
    const pollThen = async () => {
      clock.at += 60_000
      await room.poll()
      return unified(orderOf(room, id)).afterSale
    }
    expect(await pollThen()).toBe('none')
    const withdrawn = shop.askRefund(id)
    expect(await pollThen()).toBe('refunding')
    expect(rowsOf(orderOf(room, id)._refunds)).toHaveLength(1)
    shop.moveRefund(withdrawn.id, 'closed')
    expect(await pollThen()).toBe('refund-closed')
    const { id: paid } = shop.askRefund(id, { kind: 'return' })
    shop.moveRefund(paid, 'agreed')
    expect(await pollThen()).toBe('refunding')
    shop.moveRefund(paid, 'refunded')
    expect(await pollThen()).toBe('refunded')
    expect(unified(orderOf(room, id)).status).toBe('refunded')
    expect(room.events.size).toBe(5)
  })

  it('notices a refund that left the time of the order alone, by the list of refunds', async () => {
    const { room, shop, clock } = await open()
    const order = shop.place({ at: new Date(START - HOUR_MS) })
    await room.poll()
    clock.at += 30 * 60_000
    shop.askRefund(order.id)
    order.modifiedAt = order.createdAt
    await room.poll()
    expect(orderOf(room, order.id)._afterSale).toBe('refunding')
    expect(room.events.size).toBe(2)
  })

  it('gives an order the same version by list, by its id and by a refund of it', async () => {
    const { room, shop } = await open()
    const { id } = shop.place()
    const refund = shop.askRefund(id)
    await room.fetch([{ kind: 'order', id }])
    await room.fetch([{ kind: 'refund', id: refund.id }])
    await room.poll()
    expect(room.events.size).toBe(1)
  })

  it('tells two changes within one second as two versions, since the platform counts in seconds', async () => {
    const { room, shop } = await open()
    const { id } = shop.place({ isPaid: false })
    await room.poll()
    shop.pay(id)
    await room.poll()
    expect(room.events.size).toBe(2)
    expect(unified(orderOf(room, id)).status).toBe('paid')
  })

  it('passes over ids the platform does not know', async () => {
    const { room } = await open()
    await room.fetch([
      { kind: 'order', id: '6920000000000000009' },
      { kind: 'refund', id: '7123000000000000009' },
    ])
    expect(room.events.size).toBe(0)
  })

  it('lists the ids of all orders created within a span', async () => {
    const { room, shop } = await open()
    const inside = Array.from({ length: 120 }, (_, index) =>
      shop.place({ at: new Date(START - DAY_MS + index * 1_000) }),
    )
    shop.place({ at: new Date(START - 2 * DAY_MS) })
    const span = { from: new Date(START - DAY_MS), to: new Date(START) }
    const ids: string[] = []
    for await (const page of connector.orderIds!(span, room.context)) ids.push(...page)
    expect(ids.sort()).toEqual(inside.map(({ id }) => id).sort())
  })

  it('reads 2,000 orders in a few seconds', async () => {
    const { room, shop } = await open({}, { timeoutMs: 5_000 })
    for (let index = 0; index < 2_000; index++) shop.place({ at: new Date(START - HOUR_MS + index * 1_000) })
    const began = performance.now()
    await room.poll()
    expect(room.orders().size).toBe(2_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('the token of a Douyin shop', () => {
  it('is got by the shop id alone for an app of the shop itself, and tells the name of the shop', async () => {
    const { room, clock } = await open()
    expect((await connector.test!(room.context)).zh).toBe('已连上店铺「演示抖店」，最近 24 小时有 0 个订单')
    expect(room.token()).toMatchObject({
      expiresAt: new Date(clock.at + 7 * DAY_MS),
      facts: { shopId: '4463798' },
    })
  })

  it('is renewed in its last hour, before it ends', async () => {
    const { room, clock } = await open()
    await room.poll()
    const first = room.token()!
    clock.at = first.expiresAt.getTime() - 40 * 60_000
    await room.poll()
    expect(room.token()).toEqual(first)
    clock.at = first.expiresAt.getTime() - 20 * 60_000
    await room.poll()
    expect(room.token()!.accessToken).not.toBe(first.accessToken)
  })

  it('is got by signing in for an app of the service market, from the page to the code', async () => {
    const { room } = await open({}, { settings: { grant: 'code', serviceId: '42', shopId: undefined } })
    expect((await refusal(room.poll()))?.class).toBe('authorization')
    const page = connector.authorization!.url(room.context, 'https://example.com/back', 'state-1')
    const link = /href="([^"]+)"/.exec(await (await request(page)).body.text())![1]!
    const back = new URL(link.replaceAll('&amp;', '&'))
    expect(back.searchParams.get('state')).toBe('state-1')
    const code = back.searchParams.get('code')!
    const exchange = () => connector.authorization!.exchange(room.context, code, 'https://example.com/back')
    await room.context.tokens.renew(undefined, exchange)
    await room.poll()
    // A code is good once.
    expect((await refusal(exchange()))?.class).toBe('authorization')
  })

  it('asks for a new authorisation when the platform no longer knows the refresh token', async () => {
    const { room } = await open(
      {},
      {
        settings: { grant: 'code', serviceId: '42' },
        token: { accessToken: 'old', expiresAt: new Date(START + DAY_MS), refreshToken: 'gone' },
      },
    )
    const fault = await refusal(room.poll())
    expect(fault).toMatchObject({ class: 'authorization' })
    expect(fault?.code).toContain('token-generate-failed:token-invalid')
  })
})

describe('what the simulated platform refuses', () => {
  it('a wrong signature and a wrong time, in its own words', async () => {
    const { room, simulator } = await open()
    const { gateway } = recordOf(room.context.settings)
    const post = async (query: Readonly<Record<string, string>>) => {
      const url = `${gateway}/order/searchList?${new URLSearchParams(query)}`
      const answer = await request(url, { method: 'POST', body: '{}' })
      return recordOf(parseJson(await answer.body.text()))
    }
    const credentials = recordOf(simulator.access('http://x').credentials)
    const query = { method: 'order.searchList', app_key: String(credentials.appKey), v: '2', sign: 'wrong' }
    expect(await post({ ...query, timestamp: String(START / 1_000) })).toMatchObject({
      code: 40003,
      sub_code: 'isv.signature-invalid',
      data: null,
    })
    expect(await post({ ...query, timestamp: '1' })).toMatchObject({ sub_code: 'isv.timestamp-invalid' })
  })

  it('writes ids of goods as bare numbers of 19 digits', async () => {
    const { room, shop } = await open()
    const { lines } = shop.place()
    let text = ''
    const { http } = room.context
    const spying = {
      ...room.context,
      http: {
        ...http,
        send: async (...call: Parameters<typeof http.send>) => {
          const answer = await http.send(...call)
          text = answer.text
          return answer
        },
      },
    }
    await connector.poll!({ ...spying, cursors: { get: async () => undefined, set: async () => {} } })
    await connector.orderIds!({ from: new Date(START - HOUR_MS), to: new Date(START + 1) }, spying)
      [Symbol.asyncIterator]()
      .next()
    expect(text).toContain(`"sku_id":${lines[0]!.listing.skuId},`)
    expect(lines[0]!.listing.skuId).toHaveLength(19)
  })

  it('lets so many calls pass per second and says so of the others', async () => {
    const { room } = await open({ callsPerSecond: 1 })
    expect(await refusal(connector.test!(room.context))).toMatchObject({
      class: 'throttled',
      code: '60000 isv.traffic-limited',
    })
  })
})

describe('revealing who receives an order', () => {
  it('decrypts name, phone and address in one call', async () => {
    const { room, shop } = await open()
    const { id, buyer } = shop.place()
    await room.poll()
    expect(await connector.reveal!(orderOf(room, id), room.context)).toEqual({
      name: buyer.name,
      phone: buyer.phone,
      detail: buyer.detail,
      isVirtualPhone: false,
    })
  })

  it('says that a phone is the platform’s and works for a while only', async () => {
    const { room, shop } = await open({ virtualPhones: true })
    const { id } = shop.place()
    await room.poll()
    const receiver = await connector.reveal!(orderOf(room, id), room.context)
    expect(receiver).toMatchObject({ isVirtualPhone: true })
    expect(receiver.phone).toMatch(/^17000000000-\d{4}$/)
  })

  it('puts what was decrypted where the platform would write it, so that the mapping reads it', async () => {
    const { room, shop } = await open()
    const { id, buyer } = shop.place()
    await room.poll()
    const hidden = orderOf(room, id)
    const receiver = await connector.reveal!(hidden, room.context)
    const order = connector.readable!(hidden, receiver)
    expect(unified(order)).toMatchObject({
      order_customer_name: buyer.name,
      phone: buyer.phone,
      address: { province: buyer.province, detail: buyer.detail },
    })
    // What is readable is not asked for again: it would count against the quota.
    expect(await connector.reveal!(order, { ...room.context, http: undefined as never })).toEqual(receiver)
    // Phones of the platform differ from order to order; the lane is that of the buyer all the same.
    const virtual = { ...receiver, phone: '17000000000-1001', isVirtualPhone: true }
    expect(recordOf(connector.readable!(hidden, virtual))._buyer).toBe(hidden.doudian_open_id)
    expect(connector.defaults!.identity.buyer).toContain('_buyer')
  })

  it('says so when the quota is used up', async () => {
    const { room, shop } = await open({ decryptQuota: 2 })
    const { id } = shop.place()
    await room.poll()
    const fault = await refusal(connector.reveal!(orderOf(room, id), room.context))
    expect(fault).toMatchObject({ class: 'business', said: '今日解密额度已用完' })
  })
})

describe('shipping a Douyin order', () => {
  const parcel = { carrier: 'sf', waybill: 'SF1234567890' }

  it('uploads the waybill, which the next poll brings back with our word for the carrier', async () => {
    const { room, shop, clock } = await open()
    const { id } = shop.place()
    expect(await act(room, 'ship', { orderId: id, ...parcel })).toEqual({ waybill: 'SF1234567890' })
    expect(shop.order(id)!.parcels).toMatchObject([{ carrier: 'shunfeng', number: 'SF1234567890' }])
    clock.at += 60_000
    await room.poll()
    expect(unified(orderOf(room, id))).toMatchObject({
      status: 'shipped',
      waybill: 'SF1234567890',
      carrier: 'sf',
    })
  })

  it('is done already when told twice, and refused for another parcel', async () => {
    const { room, shop } = await open()
    const { id } = shop.place()
    await act(room, 'ship', { orderId: id, ...parcel })
    await act(room, 'ship', { orderId: id, ...parcel }, 'k2')
    expect(shop.order(id)!.parcels).toHaveLength(1)
    const fault = await refusal(act(room, 'ship', { orderId: id, carrier: 'sf', waybill: 'SF2' }))
    expect(fault).toMatchObject({ class: 'business' })
    expect(fault?.said).toContain('不能发货')
  })

  it('can be asked for after an answer that never came', async () => {
    const { room, shop, simulator } = await open({}, { timeoutMs: 150 })
    const { id } = shop.place()
    const call = { key: 'k1', body: { orderId: id, ...parcel }, attempt: 1 }
    const { ship } = connector.actions!
    expect(await ship!.ask!(call, room.context)).toBeNull()
    // The reading of the order before it is answered.
    const { http } = room.context
    const breaking = {
      ...room.context,
      http: {
        ...http,
        send: (...[make, calling]: Parameters<typeof http.send>) => {
          if (calling.effect === 'write') simulator.faults.add('timeout-after')
          return http.send(make, calling)
        },
      },
    }
    expect(await refusal(ship!.perform(call, breaking))).toMatchObject({ class: 'timeout' })
    expect(await ship!.ask!(call, room.context)).toEqual({ waybill: 'SF1234567890' })
  })

  it('sends some of the lines, then the rest', async () => {
    const { room, shop } = await open()
    const lines = [
      { sku: 'TEE-WHT-M', quantity: 2 },
      { sku: 'MUG-350', quantity: 1 },
    ]
    const { id } = shop.place({ lines })
    const first = { orderId: id, ...parcel, lines: [{ sku: 'TEE-WHT-M', quantity: 2 }] }
    await act(room, 'ship', first)
    await room.fetch([{ kind: 'order', id }])
    expect(orderOf(room, id).order_status).toBe(101)
    const rest = { orderId: id, carrier: 'yto', waybill: 'YT1', lines: [{ sku: 'MUG-350', quantity: 1 }] }
    await act(room, 'ship', rest)
    expect(shop.order(id)!.parcels.map(({ lineIds }) => lineIds)).toEqual([['1-1'], ['1-2']])
    const tooMuch = { ...rest, waybill: 'YT2', lines: [{ sku: 'MUG-350', quantity: 3 }] }
    expect((await refusal(act(room, 'ship', tooMuch)))?.class).toBe('business')
  })

  it('knows what went out before where two lines are of one SKU', async () => {
    const { room, shop } = await open()
    const { id } = shop.place({
      lines: [
        { sku: 'MUG-350', quantity: 1 },
        { sku: 'MUG-350', quantity: 2 },
      ],
    })
    const one = { orderId: id, carrier: 'yto', lines: [{ sku: 'MUG-350', quantity: 1 }] }
    for (const waybill of ['YT1', 'YT2', 'YT3']) await act(room, 'ship', { ...one, waybill })
    expect(shop.order(id)!.parcels.map(({ lineIds }) => lineIds)).toEqual([['1-1'], ['1-2'], ['1-2']])
    await room.fetch([{ kind: 'order', id }])
    expect(orderOf(room, id).order_status).toBe(3)
  })

  it('does not send an order whose buyer asks for the money back, unless the connection says so', async () => {
    const { room, shop } = await open()
    const { id } = shop.place()
    const refund = shop.askRefund(id)
    const fault = await refusal(act(room, 'ship', { orderId: id, ...parcel }))
    expect(fault).toMatchObject({ class: 'business' })
    expect(fault?.said).toContain('退款申请')
    Object.assign(room.context.settings as object, { rejectRefundOnShip: true })
    await act(room, 'ship', { orderId: id, ...parcel })
    expect(refund.status).toBe('closed')
  })

  it('says that the shop has no such order', async () => {
    const { room } = await open()
    const fault = await refusal(act(room, 'ship', { orderId: '6920000000000000009', ...parcel }))
    expect(fault).toMatchObject({ class: 'business', said: '订单不存在' })
  })
})

describe('setting the stock of a Douyin shop', () => {
  it('sets the number for each listing, once however often it is told', async () => {
    const { room, shop } = await open()
    const [first] = shop.listings
    const listing = { sku: first!.sku, productId: first!.productId, skuId: first!.skuId }
    const body = { sku: first!.sku, quantity: 7, listings: [listing] }
    await act(room, 'stock', body)
    expect(first!.stock).toBe(7)
    first!.stock = 5
    await act(room, 'stock', body)
    expect(first!.stock).toBe(5)
    await act(room, 'stock', { ...body, quantity: 0 }, 'k2')
    expect(first!.stock).toBe(0)
  })

  it('says what the platform says of goods it does not sell', async () => {
    const { room } = await open()
    const body = { sku: 'X', quantity: 1, listings: [{ sku: 'X', productId: '1' }] }
    expect(await refusal(act(room, 'stock', body))).toMatchObject({ class: 'business', said: '商品不存在' })
  })
})

describe('a push of Douyin', () => {
  const push = (at: ConnectorRoom, body: string, sign: string) =>
    connector.push!(
      { method: 'POST', query: {}, headers: { 'event-sign': sign }, body: Buffer.from(body) },
      at.context,
    )
  const secretsOf = (at: ConnectorRoom) => at.context.credentials as { appKey: string; appSecret: string }

  it('names what is to be read again, under either form of its signature', async () => {
    const { room } = await open()
    const { appKey, appSecret } = secretsOf(room)
    const body =
      '[{"tag":"101","msg_id":"1","data":"{\\"p_id\\":6920000000000000001,\\"shop_id\\":4463798}"},' +
      '{"tag":"206","msg_id":"2","data":{"aftersale_id":7123000000000000001,"shop_id":4463798}},' +
      '{"tag":"101","msg_id":"3","data":"{\\"p_id\\":6920000000000000002,\\"shop_id\\":1}"},' +
      '{"tag":"400","msg_id":"4","data":"{\\"product_id\\":1,\\"p_id\\":3}"}]'
    for (const sign of pushSigns(appKey, body, appSecret)) {
      expect(push(room, body, sign)).toEqual({
        reply: { status: 200, contentType: 'application/json', body: '{"code":0,"msg":"success"}' },
        wanted: [
          { kind: 'order', id: '6920000000000000001' },
          { kind: 'refund', id: '7123000000000000001' },
        ],
      })
    }
  })

  it('is refused with the reason when its signature is wrong or it is no JSON', async () => {
    const { room } = await open()
    const { appKey, appSecret } = secretsOf(room)
    expect(push(room, '[]', 'x'.repeat(64))).toMatchObject({
      reply: { status: 403 },
      refused: expect.stringContaining('签名'),
    })
    const [sign] = pushSigns(appKey, 'oops', appSecret)
    expect(push(room, 'oops', sign!)).toMatchObject({
      reply: { status: 403 },
      refused: expect.stringContaining('JSON'),
    })
  })

  it('sent to try the address out is answered and asks for nothing', async () => {
    const { room } = await open()
    const { appKey, appSecret } = secretsOf(room)
    const body = '[{"tag":"0","msg_id":"0","data":"{}"}]'
    const answer = push(room, body, pushSigns(appKey, body, appSecret)[1]!)
    expect(answer).toMatchObject({ reply: { status: 200 }, wanted: [] })
  })

  it('of the simulated platform leads to the newest state, sent twice and out of order', async () => {
    const { room, shop, simulator, clock } = await open()
    const at = await receiver(request => connector.push!(request, room.context))
    simulator.push!.target = at.url
    try {
      simulator.faults.add('push-twice')
      const { id } = shop.place({ isPaid: false })
      simulator.faults.add('push-late')
      clock.at += 1_000
      shop.pay(id)
      clock.at += 1_000
      const refund = shop.askRefund(id)
      await expect.poll(() => at.answers().length).toBe(4)
      const answers = at.answers()
      expect(answers.every(({ reply }) => reply.status === 200)).toBe(true)
      for (const { wanted = [] } of answers) await room.fetch(wanted)
      expect([...room.orders().keys()]).toEqual([refund.orderId])
      expect(orderOf(room, id)).toMatchObject({ order_status: 2, _afterSale: 'refunding' })
    } finally {
      await at.close()
    }
  })
})

it('an app without a service id is told that it needs no signing in, or what to fill in', async () => {
  const { room } = await open()
  const url = async () => connector.authorization!.url(room.context, 'https://example.com/back', 's')
  expect(await refusal(url())).toMatchObject({ class: 'request', said: expect.stringContaining('服务 ID') })
})
