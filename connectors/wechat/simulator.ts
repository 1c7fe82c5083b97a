import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { request } from 'undici'
import { simFaults } from '../simulators/faults.ts'
import { simPushes } from '../simulators/pushes.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import { type SimOrder, type SimShop, simShop } from '../simulators/shop.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { SimError } from './sim-error.ts'
import { listingOf, sendGoods, updateStock } from './sim-goods.ts'
import { afterSaleList, orderList } from './sim-lists.ts'
import { decodedAddress, type SimSent, wireAfterSale, wireOrder } from './sim-order.ts'
import { addressCheck, pushOf, type SimPushing } from './sim-pushes.ts'
import { simTokens } from './sim-tokens.ts'

const CREDENTIALS = {
  appId: 'wx51m0000000000001',
  appSecret: '5ec2e7000000000000000000000051f0',
  pushToken: 'simpushtoken',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
}
const { encodingAesKey: _, ...plainCredentials } = CREDENTIALS
const CALLS_PER_SECOND = 60
/** An order asked for again on the same day counts once. */
const DECODES_PER_DAY = 30
const PUSH_TIMEOUT_MS = 5_000
const PUSH_RETRIES_MS = [0, 0, 10_000, 60_000, 300_000, 1_800_000, 3_600_000, 3_600_000, 3_600_000]
const DAY_MS = 86_400_000

export interface WechatSimOptions {
  readonly clock?: () => Date
  readonly shop?: SimShop
  readonly callsPerSecond?: number
  readonly decodesPerDay?: number
  readonly pushing?: SimPushing
  /** Orders whose receivers are reached by a virtual number alone. */
  readonly hasVirtualNumber?: (order: SimOrder) => boolean
}

/** A WeChat shop of our own making. */
export function wechatSimulator(options: WechatSimOptions = {}): Simulator {
  const { clock = () => new Date(), callsPerSecond = CALLS_PER_SECOND } = options
  const pushing = options.pushing ?? { mode: 'safe', format: 'json' }
  const faults = simFaults()
  const tokens = simTokens(clock)
  const sent = new Map<string, SimSent[]>()
  const decoded = new Map<number, Set<string>>()
  const shop =
    options.shop ??
    simShop({
      name: '织单微信小店',
      shopId: 'gh_sim0000000',
      clock,
      orderId: number => String(3_705_115_058_471_000_000n + BigInt(number) * 256n),
      productId: number => String(10_000_000_000_000 + number),
      skuId: number => String(2_000_000_000 + number),
      refundId: number => String(2_000_000_000_000_000n + BigInt(number)),
    })
  const push: NonNullable<Simulator['push']> = { target: '' }
  const pushes = simPushes({
    target: () => push.target,
    faults,
    isTaken: ({ status, text }) => status === 200 && (text === 'success' || text === ''),
    retryAfterMs: PUSH_RETRIES_MS,
    timeoutMs: PUSH_TIMEOUT_MS,
  })
  shop.onChange(change => pushes.send(pushOf(change, clock(), CREDENTIALS, pushing)))
  const mayCall = simLimit(callsPerSecond, () => new Date())

  const parcelsOf = (order: SimOrder): readonly SimSent[] =>
    sent.get(order.id) ??
    // Shipped by a person on the page of the simulator.
    order.parcels.map(parcel => ({
      waybill: parcel.number,
      carrier: parcel.carrier,
      at: parcel.at,
      units: order.lines.map(({ listing, quantity }) => ({
        productId: listing.productId,
        skuId: listing.skuId,
        count: quantity,
      })),
    }))
  const demandOrder = (id: unknown): SimOrder => {
    if (typeof id !== 'string') throw new SimError(47001, 'data format error')
    const order = shop.order(id)
    if (!order) throw new SimError(100002, 'Not exist')
    return order
  }
  const decode = (order: SimOrder) => {
    if (!order.paidAt) throw new SimError(101100, ', 订单状态错误,不允许执行此操作')
    const today = Math.floor((clock().getTime() + DAY_MS / 3) / DAY_MS)
    const seen = decoded.get(today) ?? new Set()
    if (!seen.has(order.id) && seen.size >= (options.decodesPerDay ?? DECODES_PER_DAY))
      throw new SimError(45009, 'reach max api daily quota limit')
    decoded.set(today, seen.add(order.id))
    return decodedAddress(order, options.hasVirtualNumber?.(order) ? '17000000000' : '', clock())
  }

  const methods: Readonly<Record<string, (body: Record<string, unknown>) => object>> = {
    'order/list/get': body => orderList(shop, body),
    'order/get': ({ order_id }) => {
      const order = demandOrder(order_id)
      return { order: wireOrder(order, parcelsOf(order)) }
    },
    'order/sensitiveinfo/decode': ({ order_id }) => decode(demandOrder(order_id)) as object,
    'order/delivery/send': body => sendGoods(shop, sent, body),
    'aftersale/getaftersalelist': body => afterSaleList(shop, body),
    'aftersale/getaftersaleorder': ({ after_sale_order_id }) => {
      const refund = shop.refund(String(after_sale_order_id))
      if (!refund) throw new SimError(10020001, '售后单不存在')
      return { after_sale_order: wireAfterSale(refund, demandOrder(refund.orderId)) }
    },
    'product/stock/update': body => updateStock(shop, body),
    'product/stock/get': body => ({ data: { normal_stock_num: listingOf(shop, body).stock } }),
  }

  function demandCall(request: FastifyRequest): void {
    const { access_token } = request.query as { access_token?: string }
    if (faults.take('expire-token')) tokens.expire()
    if (faults.take('wrong-signature')) {
      tokens.expire()
      throw new SimError(40001, 'invalid credential, access_token is invalid or not latest')
    }
    tokens.demand(access_token)
    if (faults.take('throttle') || !mayCall()) throw new SimError(45009, 'api freq out of limit')
  }

  return {
    id: 'wechat',
    name: { zh: '微信小店', en: 'WeChat shop' },
    faults,
    shop,
    push,
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/wechat` },
      credentials: pushing.mode === 'plain' ? plainCredentials : CREDENTIALS,
    }),
    deeds: [
      {
        id: 'check-address',
        name: { zh: '校验推送地址', en: 'Check the push address' },
        async perform() {
          if (push.target === '') return '还没有推送地址'
          const url = new URL(push.target)
          const query = addressCheck(clock(), CREDENTIALS)
          for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
          const answer = await request(url, { headersTimeout: PUSH_TIMEOUT_MS, bodyTimeout: PUSH_TIMEOUT_MS })
          return (await answer.body.text()) === query.echostr ? '校验通过' : '校验失败：没有原样返回 echostr'
        },
      },
    ],
    mount(app: FastifyInstance) {
      const demandSecret = (appid: unknown, given: unknown) => {
        if (appid !== CREDENTIALS.appId) throw new SimError(40013, 'invalid appid')
        if (given !== CREDENTIALS.appSecret || faults.take('wrong-signature'))
          throw new SimError(40125, 'invalid appsecret')
      }
      app.get('/wechat/cgi-bin/token', (request, reply) =>
        answered(reply, () => {
          const { appid, secret } = request.query as Record<string, unknown>
          demandSecret(appid, secret)
          return tokens.plain()
        }),
      )
      app.post('/wechat/cgi-bin/stable_token', (request, reply) =>
        answered(reply, () => {
          const { appid, secret, force_refresh } = bodyOf(request)
          demandSecret(appid, secret)
          return tokens.stable(force_refresh === true)
        }),
      )
      app.get('/wechat/channels/ec/basics/info/get', (request, reply) =>
        answered(reply, () => {
          demandCall(request)
          return {
            errcode: 0,
            errmsg: 'ok',
            info: {
              nickname: shop.name,
              headimg_url: '',
              subject_type: '企业',
              status: 'open_finished',
              username: shop.shopId,
            },
          }
        }),
      )
      for (const [path, perform] of Object.entries(methods))
        app.post(`/wechat/channels/ec/${path}`, (request, reply) =>
          answered(reply, () => {
            demandCall(request)
            return { errcode: 0, errmsg: 'ok', ...perform(bodyOf(request)) }
          }),
        )
    },
  }
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const raw = request.body as Buffer | undefined
  if (!raw || raw.length === 0) throw new SimError(44002, 'empty post data')
  try {
    return JSON.parse(raw.toString('utf8')) as Record<string, unknown>
  } catch {
    throw new SimError(47001, 'data format error')
  }
}

function answered(reply: FastifyReply, work: () => object): FastifyReply {
  reply.type('application/json; encoding=utf-8')
  try {
    return reply.send(JSON.stringify(work()))
  } catch (error) {
    if (!(error instanceof SimError)) throw error
    const rid = `${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}-${randomBytes(4).toString('hex')}`
    return reply.send(JSON.stringify({ errcode: error.code, errmsg: `${error.message} rid: ${rid}` }))
  }
}
