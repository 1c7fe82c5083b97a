import { existsSync, readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import type { AfterSale } from '../../connectors/kit/after-sale.ts'
import { circuitBreaker } from '../../connectors/kit/circuit-breaker.ts'
import { connectionHttp, waysOut } from '../../connectors/kit/http.ts'
import { tokenBucket } from '../../connectors/kit/token-bucket.ts'
import connector from '../../connectors/wechat/connector.ts'
import { orderDocument } from '../../connectors/wechat/document.ts'
import type { WechatOrder } from '../../connectors/wechat/order.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapText, platformMapping } from '../examples/platform-mapping.ts'
import { shapeOf } from './support/shape.ts'
import { wechatRoom } from './support/wechat-room.ts'

const DAY_MS = 86_400_000

const { mapping } = platformMapping('connectors/wechat/mapping.json')
const mapped = (document: unknown) => mapText(mapping, JSON.stringify(document), 'wechat')

let room: Awaited<ReturnType<typeof wechatRoom>> | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function openRoom(...options: Parameters<typeof wechatRoom>) {
  room = await wechatRoom(...options)
  return room
}

describe('the after-sale of a WeChat order', () => {
  const line = { product_id: '1', sku_id: '2', sku_cnt: 2 }
  const orderOf = (change: object = {}): WechatOrder => ({
    order_id: '9',
    status: 20,
    update_time: 5,
    order_detail: { product_infos: [{ ...line, ...change }] },
  })
  const afterSale = (status: string, count = 2) => ({
    after_sale_order_id: status,
    order_id: '9',
    status,
    product_info: { product_id: '1', sku_id: '2', count },
  })

  it.each<readonly [string, object, readonly ReturnType<typeof afterSale>[], AfterSale]>([
    ['nothing was asked', {}, [], 'none'],
    ['the seller must decide', {}, [afterSale('MERCHANT_PROCESSING')], 'refunding'],
    ['the buyer must send it back', {}, [afterSale('USER_WAIT_RETURN')], 'refunding'],
    ['the buyer must confirm', {}, [afterSale('USER_WAIT_CONFIRM_UPDATE')], 'refunding'],
    ['the return must be checked', {}, [afterSale('MERCHANT_WAIT_RECEIPT')], 'refunding'],
    ['the platform pays', {}, [afterSale('PLATFORM_REFUNDING')], 'refunding'],
    ['paying failed', {}, [afterSale('PLATFORM_REFUND_FAIL')], 'refunding'],
    ['a state that is new to us', {}, [afterSale('SOMETHING_NEW')], 'refunding'],
    ['money is back', {}, [afterSale('MERCHANT_REFUND_SUCCESS')], 'refunded'],
    ['goods and money are back', {}, [afterSale('MERCHANT_RETURN_SUCCESS')], 'refunded'],
    ['one of two units is back', {}, [afterSale('MERCHANT_RETURN_SUCCESS', 1)], 'none'],
    ['it was withdrawn', {}, [afterSale('USER_CANCELD')], 'refund-closed'],
    ['it was closed', {}, [afterSale('RETURN_CLOSED')], 'refund-closed'],
    [
      'it was rejected and still counts',
      { on_aftersale_sku_cnt: 2 },
      [afterSale('MERCHANT_REJECT_REFUND')],
      'refunding',
    ],
    ['it was rejected and counts no more', {}, [afterSale('MERCHANT_REJECT_RETURN')], 'refund-closed'],
    [
      'withdrawn, then asked again',
      {},
      [afterSale('USER_CANCELD'), afterSale('MERCHANT_PROCESSING')],
      'refunding',
    ],
    ['the line alone tells it', { on_aftersale_sku_cnt: 1 }, [], 'refunding'],
    ['the line alone tells it is done', { finish_aftersale_sku_cnt: 2 }, [], 'refunded'],
  ])('when %s is told so', (_, change, afterSales, expected) => {
    expect(orderDocument(orderOf(change), afterSales)._afterSale).toBe(expected)
  })
})

describe('what the documentation shows of WeChat orders', () => {
  const samples = new URL('../../../shared/reference/samples/', import.meta.url)
  const platform = new URL('../../../shared/data/platform-samples/wechat/', import.meta.url)
  if (!existsSync(samples) || !existsSync(platform))
    console.warn('The platform samples (../shared) are absent: their tests are skipped.')
  const read = (base: URL, file: string) =>
    parseJson(readFileSync(new URL(file, base), 'utf8')) as Record<string, unknown>

  it.skipIf(!existsSync(samples))('becomes a unified order, field by field', () => {
    const { order } = read(samples, 'wechat-order.get.json')
    expect(mapped(order).order).toEqual({
      orderId: '3705115058471208928',
      channel: 'wechat',
      shop: 'my shop',
      kind: 'sale',
      order_customer_name: '张**',
      phone: '000****0000',
      address: {
        province: '浙江省',
        city: '杭州市',
        district: '余杭区',
        detail: '仓前街道***',
        point: { lng: expect.any(Number), lat: expect.any(Number) },
      },
      items: [
        { sku: 'CANDLE-ROSE', title: '演示香薰蜡烛', quantity: 2, unitPriceFen: 4_900, paidFen: 8_800 },
      ],
      paidFen: 8_800,
      orderedAt: new Date(1_790_820_220_000),
      paidAt: new Date(1_790_820_302_000),
      modifiedAt: new Date(1_790_820_303_000),
      urgent: false,
      buyerNote: '',
      sellerNote: '',
      status: 'paid',
    })
  })

  it.skipIf(!existsSync(platform))('becomes one too where it leaves out what is seldom there', () => {
    const { order } = read(platform, 'ChannelsECOrderGetResponse.json')
    expect(mapped(orderDocument(order as WechatOrder, [])).order).toMatchObject({
      orderId: '37423523451235145',
      order_customer_name: '陈先生',
      phone: '24534252',
      items: [{ sku: '23424', quantity: 10, unitPriceFen: 2_000, afterSale: 'refunding' }],
      paidFen: 10_500,
      orderedAt: new Date(1_658_505_600_000),
      status: 'paid',
      afterSale: 'refunding',
      waybill: '134654612313',
      carrier: 'sto',
      buyerNote: '发顺丰',
      sellerNote: '库存不足，取消',
    })
  })

  it.skipIf(!existsSync(samples) || !existsSync(platform))(
    'lists ids, page by page, digit for digit',
    async () => {
      const gateway = Fastify()
      const pages = [
        readFileSync(new URL('ChannelsECOrderListGetResponse.json', platform), 'utf8'),
        readFileSync(new URL('wechat-order.list.get.json', samples), 'utf8'),
      ]
      const keys: unknown[] = []
      gateway.post('/cgi-bin/stable_token', async () => ({ access_token: 'a', expires_in: 7_200 }))
      gateway.post('/channels/ec/order/list/get', async (request, reply) => {
        keys.push((request.body as { next_key: string }).next_key)
        return reply.type('application/json').send(pages[keys.length - 1])
      })
      const address = await gateway.listen({ port: 0, host: '127.0.0.1' })
      const ways = waysOut([new URL(address).host])
      try {
        const at = await openRoom({}, { settings: { gateway: address } })
        const http = connectionHttp({
          ways,
          bucket: tokenBucket({ perSecond: 1_000, burst: 10 }),
          breaker: circuitBreaker(),
          signal: at.context.signal,
          secrets: () => [],
        })
        const ids: string[] = []
        const span = { from: new Date(0), to: new Date(DAY_MS) }
        for await (const page of connector.orderIds!(span, { ...at.context, http })) ids.push(...page)
        expect(ids).toEqual([
          '3704612354559743232',
          '3704849110714209536',
          '3705115058471208928',
          '3705115058471209184',
        ])
        expect(keys).toEqual(['', 'THE_NEXT_KEY_NEW'])
      } finally {
        await ways.close()
        await gateway.close()
      }
    },
  )

  it('of a gift nobody has accepted yet is an order on hold, though it has no receiver', () => {
    const gift: object = {
      order_id: '3705115058471208929',
      openid: 'o1',
      status: 12,
      create_time: 1_790_820_220,
      update_time: 1_790_820_303,
      order_detail: {
        product_infos: [
          { product_id: '1', sku_id: '2', sku_code: 'A', sku_cnt: 1, sale_price: 100, real_price: 100 },
        ],
        price_info: { order_price: 100 },
        delivery_info: { address_info: { user_name: '', tel_number: '' } },
      },
    }
    const { order, problems } = mapped(orderDocument(gift as WechatOrder, []))
    expect(problems).toBeUndefined()
    expect(order).toMatchObject({ status: 'on-hold', order_customer_name: '', phone: '' })
  })

  it.skipIf(!existsSync(samples))('has the shape the simulator answers in', async () => {
    const at = await openRoom()
    const { id } = at.shop.place()
    const refund = at.shop.askRefund(id)
    await at.fetch([{ kind: 'order', id }])
    const token = at.token()!.accessToken
    const { gateway } = at.context.settings as { gateway: string }
    const ask = async (path: string, body: object) =>
      parseJson(
        await (
          await fetch(`${gateway}/channels/ec/${path}?access_token=${token}`, {
            method: 'POST',
            body: JSON.stringify(body),
          })
        ).text(),
      )
    at.shop.order(id)!.refunds.length = 0
    expect(shapeOf(await ask('order/get', { order_id: id }))).toEqual(
      shapeOf(read(samples, 'wechat-order.get.json')),
    )
    expect(shapeOf(await ask('aftersale/getaftersaleorder', { after_sale_order_id: refund.id }))).toEqual(
      shapeOf(read(samples, 'wechat-aftersale.getaftersaleorder.json')),
    )
    const range = { start_time: 1, end_time: 2 ** 31 }
    expect(await ask('order/list/get', { update_time_range: range, page_size: 100, next_key: '' })).toEqual({
      errcode: 40097,
      errmsg: expect.stringMatching(/7天 rid: /),
    })
    const now = Math.floor(Date.now() / 1_000)
    const week = { start_time: now - 6 * 86_400, end_time: now + 60 }
    expect(
      shapeOf(await ask('order/list/get', { update_time_range: week, page_size: 100, next_key: '' })),
    ).toEqual(shapeOf(read(samples, 'wechat-order.list.get.json')))
    expect(
      await ask('aftersale/getaftersalelist', { begin_update_time: now - 90_000, end_update_time: now }),
    ).toMatchObject({ errcode: 10020004 })
  })
})

describe('the status of a WeChat order', () => {
  it.each([
    [10, 'created'],
    [12, 'on-hold'],
    [13, 'created'],
    [17, 'on-hold'],
    [20, 'paid'],
    [21, 'shipped'],
    [30, 'shipped'],
    [100, 'signed'],
    [200, 'refunded'],
    [250, 'closed'],
  ])('%i is %s', (status, expected) => {
    const document = {
      order_id: '1',
      status,
      create_time: 1_790_820_220,
      order_detail: {
        product_infos: [{ sku_code: 'A', sku_cnt: 1, sale_price: 100 }],
        price_info: { order_price: 1 },
        delivery_info: { address_info: { user_name: '张**', tel_number: '138****0000' } },
      },
    }
    const { order, problems } = mapped(document)
    expect(problems).toBeUndefined()
    expect(order?.status).toBe(expected)
  })
})
