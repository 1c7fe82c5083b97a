import { afterEach, describe, expect, it } from 'vitest'
import type { ActionBodies, ActionCall } from '../../connectors/kit/action.ts'
import taobao from '../../connectors/taobao/connector.ts'
import type { ConnectorRoom } from './support/connector-room.ts'
import { refusal } from './support/refusal.ts'
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

describe('the receiver of a Taobao order', () => {
  it('is revealed on demand, with a phone that works for a while', async () => {
    const now = await open()
    const { id, buyer } = shopOf(now).place({ at: minutesAgo(5) })
    await now.poll()
    expect(await taobao.reveal!(now.orders().get(id), now.context)).toEqual({
      name: buyer.name,
      phone: expect.stringMatching(new RegExp(`^${buyer.phone}-\\d{4}$`)),
      detail: `${buyer.street}${buyer.detail}`,
      isVirtualPhone: true,
    })
  })

  it('is not revealed beyond the quota, nor by the id of another order', async () => {
    const now = await open({ decryptQuota: 0 })
    const { id } = shopOf(now).place({ at: minutesAgo(5) })
    await now.poll()
    const document = now.orders().get(id) as Row
    expect(await refusal(taobao.reveal!(document, now.context))).toMatchObject({ class: 'business' })
    expect(await refusal(taobao.reveal!({ ...document, oaid: 'other' }, now.context))).toMatchObject({
      class: 'business',
      said: '平台说这个 oaid 与订单对不上',
    })
    expect(await refusal(taobao.reveal!({ tid: id }, now.context))).toMatchObject({ class: 'business' })
  })
})

describe('shipping on Taobao', () => {
  const call = (body: ActionBodies['ship']): ActionCall<ActionBodies['ship']> => ({
    key: 'k',
    body,
    attempt: 1,
  })
  const { ship } = taobao.actions!

  it('uploads a waybill once, however often it is said', async () => {
    const now = await open()
    const { id } = shopOf(now).place({ at: minutesAgo(5) })
    const body = { orderId: id, carrier: 'yto', waybill: 'YT7' }
    expect(await ship!.ask!(call(body), now.context)).toBeNull()
    expect(await ship!.perform(call(body), now.context)).toEqual({ orderId: id, waybill: 'YT7' })
    expect(await ship!.perform(call(body), now.context)).toMatchObject({ alreadyShipped: true })
    expect(shopOf(now).order(id)!.parcels).toMatchObject([{ carrier: 'YTO', number: 'YT7' }])
    expect(await ship!.ask!(call(body), now.context)).toEqual({ orderId: id, waybill: 'YT7' })
    const other = call({ ...body, waybill: 'YT8' })
    expect(await refusal(ship!.perform(other, now.context))).toMatchObject({ class: 'business' })
    expect(await ship!.ask!(other, now.context)).toBeNull()
  })

  it('ships the lines of a parcel, the rest later', async () => {
    const now = await open()
    const { id } = shopOf(now).place({
      at: minutesAgo(5),
      lines: [
        { sku: 'TEE-WHT-M', quantity: 1 },
        { sku: 'MUG-350', quantity: 2 },
      ],
    })
    const part = (sku: string, quantity: number, waybill: string) =>
      ship!.perform(call({ orderId: id, carrier: 'sf', waybill, lines: [{ sku, quantity }] }), now.context)
    await part('MUG-350', 2, 'SF1')
    await now.poll()
    expect(now.orders().get(id)).toMatchObject({ status: 'SELLER_CONSIGNED_PART', _waybill: 'SF1' })
    await part('TEE-WHT-M', 1, 'SF2')
    expect(
      shopOf(now)
        .order(id)!
        .parcels.map(({ number }) => number),
    ).toEqual(['SF1', 'SF2'])
    expect(await refusal(part('MUG-350', 1, 'SF3'))).toMatchObject({ class: 'business' })
    expect(await refusal(part('SOCK-5', 1, 'SF3'))).toMatchObject({ class: 'business' })
  })

  it('is refused once everything was refunded', async () => {
    const now = await open()
    const { id } = shopOf(now).place({ at: minutesAgo(5) })
    shopOf(now).moveRefund(shopOf(now).askRefund(id).id, 'refunded')
    const body = { orderId: id, carrier: 'sf', waybill: 'SF1' }
    expect(await refusal(ship!.perform(call(body), now.context))).toMatchObject({
      class: 'business',
      said: '订单的商品都已退款，不能发货',
    })
  })

  it('says why the platform refuses', async () => {
    const now = await open()
    const { id } = shopOf(now).place({ at: minutesAgo(5), isPaid: false })
    const body = { orderId: id, carrier: 'sf', waybill: 'SF1' }
    expect(await refusal(ship!.perform(call(body), now.context))).toMatchObject({
      class: 'business',
      said: '订单已经发货，或者当前状态不能发货',
    })
    expect(await refusal(ship!.perform(call({ ...body, orderId: '9' }), now.context))).toMatchObject({
      said: '平台上没有订单 9',
    })
  })
})

describe('stock on Taobao', () => {
  it('is set for everything that is sold under a SKU, by what orders taught us', async () => {
    const now = await open()
    const shop = shopOf(now)
    const order = shop.place({ at: minutesAgo(5), lines: [{ sku: 'TEE-BLK-L', quantity: 1 }] })
    await now.poll()
    const listings = taobao.listings!(now.orders().get(order.id))
    const listed = order.lines[0]!.listing
    expect(listings).toEqual([{ sku: 'TEE-BLK-L', productId: listed.productId, skuId: listed.skuId }])
    const mug = shop.listings.find(({ sku }) => sku === 'MUG-350')!
    const all = [...listings, { sku: 'TEE-BLK-L', productId: mug.productId }]
    const body = { sku: 'TEE-BLK-L', quantity: 7, listings: all }
    for (const attempt of [1, 2])
      await taobao.actions!.stock!.perform({ key: 'k', body, attempt }, now.context)
    expect(listed.stock).toBe(7)
    expect(mug.stock).toBe(7)
    expect(shop.listings.find(({ sku }) => sku === 'TEE-WHT-M')!.stock).toBe(1_000)
  })

  it('says when the platform does not know the product', async () => {
    const now = await open()
    const body = { sku: 'X', quantity: 7, listings: [{ sku: 'X', productId: '1', skuId: '2' }] }
    expect(
      await refusal(taobao.actions!.stock!.perform({ key: 'k', body, attempt: 1 }, now.context)),
    ).toMatchObject({ class: 'business', said: '商品不存在' })
  })
})
