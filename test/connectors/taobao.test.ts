import { afterEach, describe, expect, it } from 'vitest'
import taobao from '../../connectors/taobao/connector.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { authorise } from './support/authorise.ts'
import { type ConnectorRoom, connectorRoom } from './support/connector-room.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { refusal } from './support/refusal.ts'
import { taobaoCall } from './support/taobao-call.ts'
import { minutesAgo, taobaoRoom } from './support/taobao-room.ts'

type Row = Readonly<Record<string, unknown>>

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function open(...how: Parameters<typeof taobaoRoom>): Promise<ConnectorRoom> {
  room = await taobaoRoom(...how)
  return room
}

const shopOf = (at: ConnectorRoom) => at.simulator.shop!
const newest = (at: ConnectorRoom, id: string) => mapHandedOver(at, at.orders().get(id))

describe('polling Taobao', () => {
  it('reads what there is, then what changed, and repeats nothing', async () => {
    const now = await open()
    const shop = shopOf(now)
    const first = shop.place({ at: minutesAgo(12) })
    await now.poll()
    await now.poll()
    expect([...now.orders().keys()]).toEqual([first.id])
    expect(now.events.size).toBe(1)
    shop.ship(first.id, { carrier: 'YTO', number: 'YT1', lineIds: first.lines.map(({ lineId }) => lineId) })
    const second = shop.place({ isPaid: false })
    await now.poll()
    expect(newest(now, first.id)).toMatchObject({ status: 'shipped', waybill: 'YT1', carrier: 'yto' })
    expect(newest(now, second.id)).toMatchObject({ status: 'created', afterSale: 'none' })
    expect(now.events.size).toBe(3)
  })

  it('fills the gap after a downtime window by window', async () => {
    const now = await open()
    const ids = [200, 150, 80, 31, 2].map(minutes => shopOf(now).place({ at: minutesAgo(minutes) }).id)
    await now.context.cursors.set('orders', minutesAgo(210))
    await now.context.cursors.set('refunds', minutesAgo(210))
    await now.poll()
    expect([...now.orders().keys()].sort()).toEqual(ids)
  })

  it('reads 2,000 orders of 20 pages quickly', async () => {
    const now = await open()
    for (let number = 0; number < 2_000; number++) shopOf(now).place({ at: minutesAgo(2 + (number % 20)) })
    const startedAt = performance.now()
    await now.poll()
    expect(now.orders().size).toBe(2_000)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('tells a refund as a new version of its order, with the refund beside it', async () => {
    const now = await open()
    const shop = shopOf(now)
    const order = shop.place({
      at: minutesAgo(8),
      lines: [
        { sku: 'TEE-WHT-M', quantity: 1 },
        { sku: 'MUG-350', quantity: 2 },
      ],
    })
    await now.poll()
    const refund = shop.askRefund(order.id, { lineId: order.lines[1]!.lineId, kind: 'return' })
    await now.poll()
    expect(newest(now, order.id)).toMatchObject({
      afterSale: 'refunding',
      items: [{ afterSale: 'none' }, { afterSale: 'refunding' }],
    })
    shop.moveRefund(refund.id, 'returning', { carrier: 'ZTO', number: 'ZT9' })
    await now.poll()
    expect(now.orders().get(order.id)).toMatchObject({
      _refunds: [
        { refund_id: refund.id, status: 'WAIT_SELLER_CONFIRM_GOODS', sid: 'ZT9', company_name: '中通快递' },
      ],
    })
    shop.moveRefund(refund.id, 'refunded')
    await now.poll()
    expect(newest(now, order.id)).toMatchObject({ afterSale: 'none', items: [{}, { afterSale: 'refunded' }] })
    const other = shop.askRefund(order.id, { lineId: order.lines[0]!.lineId })
    shop.moveRefund(other.id, 'refunded')
    await now.poll()
    expect(newest(now, order.id)).toMatchObject({ afterSale: 'refunded', status: 'refunded' })
    expect(now.events.size).toBe(5)
  })

  it('notices a refund that moved without its order', async () => {
    const now = await open()
    const shop = shopOf(now)
    const order = shop.place({ at: minutesAgo(8) })
    const refund = shop.askRefund(order.id)
    await now.poll()
    const { modifiedAt } = order
    shop.moveRefund(refund.id, 'closed')
    order.modifiedAt = new Date(modifiedAt.getTime() - 600_000)
    await now.poll()
    expect(newest(now, order.id).afterSale).toBe('refund-closed')
  })

  it('reads no refunds where the app may not, and knows of them by the lines alone', async () => {
    const now = await open({}, { settings: { withRefunds: false } })
    const order = shopOf(now).place({ at: minutesAgo(8) })
    shopOf(now).askRefund(order.id)
    await now.poll()
    expect(newest(now, order.id).afterSale).toBe('refunding')
    expect(now.orders().get(order.id)).not.toHaveProperty('_refunds')
    expect([...now.cursors.keys()]).toEqual(['orders'])
  })

  it('keeps ids beyond 2^53 and tells buyers apart although their phones are masked', async () => {
    const now = await open()
    const order = shopOf(now).place({ at: minutesAgo(3) })
    await now.poll()
    const [document] = [...now.orders().values()] as Row[]
    expect(document).toMatchObject({ tid: order.id, receiver_mobile: expect.stringMatching(/^\*{7}\d{4}$/) })
    expect(Number.isSafeInteger(Number(order.id))).toBe(false)
    expect(document!.buyer_open_uid).toMatch(/^AAH/)
  })

  it('reads single orders again, by their ids or by their refunds, and passes over unknown ones', async () => {
    const now = await open()
    const shop = shopOf(now)
    const [one, two] = [shop.place({ at: minutesAgo(90) }), shop.place({ at: minutesAgo(80) })]
    const refund = shop.askRefund(two!.id)
    await now.fetch([
      { kind: 'order', id: one!.id },
      { kind: 'order', id: '4999999999999999999' },
      { kind: 'refund', id: refund.id },
      { kind: 'refund', id: '1' },
    ])
    expect([...now.orders().keys()].sort()).toEqual([one!.id, two!.id].sort())
    await now.poll()
    expect(now.events.size).toBe(2)
  })

  it('lists the ids of all orders created within a span', async () => {
    const now = await open()
    const placed = Array.from({ length: 120 }, (_, index) =>
      shopOf(now).place({ at: minutesAgo(10 + index) }),
    )
    const from = placed[99]!.createdAt
    const to = placed[9]!.createdAt
    const ids: string[] = []
    for await (const page of taobao.orderIds!({ from, to }, now.context)) ids.push(...page)
    const within = placed.filter(({ createdAt }) => createdAt < to && createdAt >= from)
    expect(new Set(ids)).toEqual(new Set(within.map(({ id }) => id)))
  })
})

describe('the authorisation of a Taobao shop', () => {
  it('is renewed before it ends', async () => {
    const now = await open({ tokenLifeMs: 5 * 60_000 })
    const { accessToken } = now.token()!
    await now.poll()
    expect(now.token()!.accessToken).not.toBe(accessToken)
  })

  it('says so when a person must authorise anew, and goes on from there once that is done', async () => {
    const now = await open({ mayRefresh: false })
    shopOf(now).place({ at: minutesAgo(5) })
    now.simulator.faults.add('expire-token')
    expect(await refusal(now.poll())).toMatchObject({ class: 'authorization' })
    await authorise(now)
    await now.poll()
    expect(now.orders().size).toBe(1)
  })

  it('tells whose shop it is', async () => {
    const now = await open()
    shopOf(now).place({ at: minutesAgo(5) })
    expect(now.token()?.facts).toEqual({ nick: '演示旗舰店', userId: '2200000000001' })
    expect((await taobao.test!(now.context)).zh).toBe('已连上店铺「演示旗舰店」，最近一小时有 1 笔订单变动')
  })

  it('is refused with a wrong secret, which is said and never shown', async () => {
    const secret = 'not-the-secret-at-all'
    room = await connectorRoom({
      connector: taobao,
      simulator: taobaoSimulator(),
      credentials: { appSecret: secret },
    })
    const fault = await refusal(authorise(room))
    expect(fault).toMatchObject({ class: 'credentials' })
    expect(JSON.stringify(fault)).not.toContain(secret)
  })
})

describe('the limits of Taobao', () => {
  it('are ten minutes between its clock and ours, which is said', async () => {
    const ahead = (minutes: number) => () => new Date(Date.now() + minutes * 60_000)
    const near = await taobaoRoom({}, { now: ahead(9) })
    await near.poll()
    await near.close()
    const far = await open({}, { now: ahead(11) })
    expect(await refusal(far.poll())).toMatchObject({ class: 'clock' })
  })

  it('are kept by waiting as long as the platform says', async () => {
    const now = await open({ perSecond: 4 })
    shopOf(now).place({ at: minutesAgo(5) })
    await now.poll()
    expect(now.orders().size).toBe(1)
  })

  it('are a day per query and 100 rows per page', async () => {
    const now = await open()
    const ask = (params: Readonly<Record<string, string>>) =>
      taobaoCall(now, 'taobao.trades.sold.increment.get', {
        fields: 'tid',
        start_modified: '2026-10-01 00:00:00',
        end_modified: '2026-10-02 00:00:00',
        ...params,
      })
    expect(await ask({})).toMatchObject({ trades_sold_increment_get_response: { trades: {} } })
    for (const [name, value] of [
      ['end_modified', '2026-10-02 00:00:01'],
      ['page_size', '101'],
    ] as const)
      expect(await ask({ [name]: value })).toMatchObject({
        error_response: { sub_code: 'isv.invalid-parameter' },
      })
  })
})
