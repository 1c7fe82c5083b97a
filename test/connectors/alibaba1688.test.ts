import { afterEach, describe, expect, it } from 'vitest'
import alibaba1688 from '../../connectors/alibaba1688/connector.ts'
import { purchaseState } from '../../connectors/alibaba1688/purchase-state.ts'
import type { Simulator1688Options } from '../../connectors/alibaba1688/simulator.ts'
import { prospectOf } from '../../connectors/kit/fault.ts'
import { alibaba1688Room, purchaseCall, type Room1688 } from './support/alibaba1688-room.ts'
import { refusal } from './support/refusal.ts'

const FAST = 'alibaba.trade.fastCreateOrder'
const PREVIEW = 'alibaba.createOrder.preview'
const { purchase } = alibaba1688.actions!

let room: Room1688 | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function open(simulated: Simulator1688Options = {}): Promise<Room1688> {
  room = await alibaba1688Room(simulated)
  return room
}

describe('buying on 1688', () => {
  it('works the purchase out, then makes it, with our key for the platform and a mark for the seller', async () => {
    const calls: string[] = []
    const { simulator, context } = await open({ onCall: api => calls.push(api) })
    expect(await purchase!.perform(purchaseCall({ urgent: true }), context)).toEqual({
      purchaseId: '2820000000000000001',
      totalFen: 3_300,
      postFen: 800,
    })
    expect(calls).toEqual([PREVIEW, FAST])
    expect(simulator.suppliers.purchases()).toMatchObject([
      {
        outOrderId: 'run-1/purchase/0',
        message: expect.stringMatching(/^急单 4123 OL-[0-9a-f]{20}$/),
        address: { addressId: 7_700_001 },
        lines: [{ quantity: 2 }],
      },
    ])
  })

  it('refuses in words, before anything is made, what the seller has not got', async () => {
    const { simulator, context } = await open()
    const fault = await refusal(
      purchase!.perform(purchaseCall({ lines: [{ sku: 'MUG-350', quantity: 501 }] }), context),
    )
    expect(fault).toMatchObject({ class: 'business', code: '500_004', said: '商品库存不足' })
    expect(simulator.suppliers.purchases()).toEqual([])
  })

  it('tells which offer ran out between the preview and the order', async () => {
    const { simulator, context } = await open({
      onCall(api) {
        if (api === FAST) simulator.suppliers.offers[2]!.stock = 1
      },
    })
    expect(await refusal(purchase!.perform(purchaseCall(), context))).toMatchObject({
      class: 'business',
      said: '商品库存不足；MUG-350（货号 612345678903）：库存不足',
    })
  })

  it('refuses goods of several sellers, and what costs more than it may', async () => {
    const { simulator, context } = await open()
    const lines = [
      { sku: 'MUG-350', quantity: 1 },
      { sku: 'SOCK-5', quantity: 1 },
    ]
    const several = await refusal(purchase!.perform(purchaseCall({ lines }), context))
    expect(several).toMatchObject({ class: 'business', said: expect.stringContaining('按供货商分开采购') })
    const careful = { ...context, settings: { ...context.settings, mostFen: 3_299 } }
    const dear = await refusal(purchase!.perform(purchaseCall(), careful))
    expect(dear).toMatchObject({ class: 'business', said: expect.stringContaining('33.00') })
    expect(simulator.suppliers.purchases()).toEqual([])
  })
})

describe('a purchase on 1688 whose answer never came', () => {
  it('is found by its mark, and there is one order alone', async () => {
    const { simulator, context } = await open({
      onCall(api) {
        if (api === FAST) simulator.faults.add('timeout-after')
      },
    })
    const fault = await refusal(purchase!.perform(purchaseCall(), context))
    expect(fault).toMatchObject({ class: 'timeout' })
    expect(prospectOf(fault).done).toBe('maybe')
    expect(await purchase!.ask!(purchaseCall(), context)).toEqual({
      purchaseId: '2820000000000000001',
      totalFen: 3_300,
      postFen: 800,
    })
    expect(simulator.suppliers.purchases()).toHaveLength(1)
  })

  it('is found by another process when the one that sent it was killed', async () => {
    let arrived = () => {}
    const arrival = new Promise<void>(resolve => {
      arrived = resolve
    })
    const { simulator, context } = await open({
      onCall(api) {
        if (api !== FAST) return
        simulator.faults.add('timeout-after')
        arrived()
      },
    })
    const lost = refusal(purchase!.perform(purchaseCall(), context))
    await arrival
    expect(await purchase!.ask!(purchaseCall(), context)).toMatchObject({ purchaseId: '2820000000000000001' })
    await lost
    expect(simulator.suppliers.purchases()).toHaveLength(1)
  })

  it('is not made again by a second try that a person asked for', async () => {
    const { simulator, context } = await open()
    const made = await purchase!.perform(purchaseCall(), context)
    expect(await purchase!.perform(purchaseCall({}, { attempt: 2 }), context)).toEqual(made)
    expect(simulator.suppliers.purchases()).toHaveLength(1)
  })

  it('is told as closed when somebody cancelled it meanwhile', async () => {
    const { simulator, context } = await open()
    const made = await purchase!.perform(purchaseCall(), context)
    simulator.suppliers.purchases()[0]!.status = 'cancel'
    expect(await purchase!.ask!(purchaseCall(), context)).toEqual({ ...made, closed: true })
  })

  it('was surely not made when nothing of its mark is there, twice', async () => {
    const calls: string[] = []
    const { context } = await open({ onCall: api => calls.push(api) })
    await purchase!.perform(purchaseCall({}, { key: 'another' }), context)
    calls.length = 0
    expect(await purchase!.ask!(purchaseCall(), context)).toBeNull()
    expect(calls).toEqual(['alibaba.trade.getBuyerOrderList', 'alibaba.trade.getBuyerOrderList'])
  })

  it('is found although it comes to the list late', async () => {
    let looks = 0
    let show = () => {}
    const { simulator, context } = await open({
      onCall(api) {
        if (api === 'alibaba.trade.getBuyerOrderList' && ++looks === 2) show()
      },
    })
    const made = await purchase!.perform(purchaseCall(), context)
    const order: { createdAt: Date } = simulator.suppliers.purchases()[0]!
    const { createdAt } = order
    order.createdAt = new Date(0)
    show = () => {
      order.createdAt = createdAt
    }
    expect(await purchase!.ask!(purchaseCall(), context)).toEqual(made)
    expect(looks).toBe(2)
  })

  it('is left to a person where the platform tells no messages and the same goods were bought', async () => {
    const { simulator, context } = await open()
    await purchase!.perform(purchaseCall(), context)
    Object.assign(simulator.suppliers.purchases()[0]!, { message: undefined })
    expect(await purchase!.ask!(purchaseCall(), context)).toBeUndefined()
    const other = purchaseCall({ lines: [{ sku: 'SOCK-5', quantity: 1 }] })
    expect(await purchase!.ask!(other, context)).toBeNull()
  })

  it('is left to a person when nobody knows since when to look', async () => {
    const { context } = await open()
    expect(await purchase!.ask!(purchaseCall({}, { plannedAt: undefined }), context)).toBeUndefined()
  })

  it('is found on a later page of many purchases', async () => {
    const { simulator, context } = await open()
    const made = await purchase!.perform(purchaseCall(), context)
    const { address, lines } = simulator.suppliers.purchases()[0]!
    for (let number = 0; number < 120; number++)
      simulator.suppliers.buy({ outOrderId: `o${number}`, message: `other ${number}`, address, lines })
    expect(await purchase!.ask!(purchaseCall(), context)).toEqual(made)
  })
})

describe('faults while buying on 1688', () => {
  it.each(['throttle', 'expire-token'] as const)('gets over "%s" by itself, with one order', async fault => {
    const { simulator, context } = await open({
      onCall(api) {
        if (api === PREVIEW) simulator.faults.add(fault)
      },
    })
    expect(await purchase!.perform(purchaseCall(), context)).toMatchObject({
      purchaseId: '2820000000000000001',
    })
    expect(simulator.suppliers.purchases()).toHaveLength(1)
  })

  it.each(['server-error', 'bad-json', 'timeout-before'] as const)(
    'does not repeat an order after "%s", since it may have been made',
    async fault => {
      const { simulator, context } = await open({
        onCall(api) {
          if (api === PREVIEW) simulator.faults.add(fault)
        },
      })
      const told = await refusal(purchase!.perform(purchaseCall(), context))
      expect(prospectOf(told).done).toBe('maybe')
      expect(simulator.suppliers.purchases()).toEqual([])
      expect(await purchase!.ask!(purchaseCall(), context)).toBeNull()
    },
  )

  it('says what is wrong with the keys without showing them', async () => {
    const { simulator, context } = await open()
    simulator.faults.add('wrong-signature', 5)
    const told = await refusal(purchase!.perform(purchaseCall(), context))
    expect(told).toMatchObject({ class: 'credentials', code: 'gw.SignatureInvalid' })
    expect(JSON.stringify(told)).not.toContain(context.credentials.appSecret)
  })

  it('says when a person must authorise anew', async () => {
    const { context } = await open()
    const token = { accessToken: 'gone', refreshToken: 'gone', expiresAt: new Date(0) }
    await context.tokens.renew(await context.tokens.read(), async () => token)
    expect(await refusal(purchase!.perform(purchaseCall(), context))).toMatchObject({
      class: 'authorization',
    })
  })
})

describe('a purchase on 1688 read back', () => {
  it('tells how far it is, with its parcel', async () => {
    const { simulator, context } = await open()
    const { purchaseId } = (await purchase!.perform(purchaseCall(), context)) as { purchaseId: string }
    expect(await purchaseState(purchaseId, context)).toMatchObject({ status: 'created', parcels: [] })
    simulator.suppliers.pay(purchaseId)
    expect(await purchaseState(purchaseId, context)).toMatchObject({ status: 'paid' })
    simulator.suppliers.ship(purchaseId, 'YT0000000000001')
    expect(await purchaseState(purchaseId, context)).toMatchObject({
      purchaseId,
      status: 'shipped',
      afterSale: 'none',
      supplier: '演示陶瓷厂',
      totalFen: 3_300,
      postFen: 800,
      createdAt: expect.any(Date),
      paidAt: expect.any(Date),
      parcels: [{ carrier: 'yto', waybill: 'YT0000000000001' }],
    })
    expect(await refusal(purchaseState('1', context))).toMatchObject({
      class: 'business',
      said: '订单不存在',
    })
  })

  it('is tracked by its own number', async () => {
    const { simulator, context } = await open()
    const { purchaseId } = (await purchase!.perform(purchaseCall(), context)) as { purchaseId: string }
    const parcels = [{ carrier: 'alibaba-1688', waybill: purchaseId }]
    expect(await alibaba1688.track!(parcels, context)).toEqual([])
    simulator.suppliers.ship(purchaseId, 'YT1')
    for (const remark of ['【杭州市】已揽收', '到达【上海】', '正在派送', '客户签收'])
      simulator.suppliers.move(purchaseId, remark)
    const [report] = await alibaba1688.track!(parcels, context)
    expect(report!.nodes.map(({ state, text }) => [state, text])).toEqual([
      ['collected', '【杭州市】已揽收'],
      ['in-transit', '到达【上海】'],
      ['out-for-delivery', '正在派送'],
      ['signed', '客户签收'],
    ])
  })
})

describe('the authorisation of a 1688 account', () => {
  it('is renewed before it ends, by the refresh token that stays', async () => {
    const { context, token } = await open({ tokenLifeMs: 5 * 60_000 })
    const { accessToken, refreshToken, refreshExpiresAt } = token()!
    expect((await alibaba1688.test!(context)).zh).toBe(
      '已连上 1688 账号「演示采购商」，最近一天有 0 张采购单',
    )
    expect(token()).toMatchObject({ refreshToken, refreshExpiresAt })
    expect(token()!.accessToken).not.toBe(accessToken)
  })
})
