import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseJson } from '../../server/intake/json.ts'
import { type Fields, numberOf, recordOf, textOf } from '../kit/said.ts'
import { simFaults } from '../simulators/faults.ts'
import { mountConsent } from '../simulators/oauth.ts'
import { simPushes } from '../simulators/pushes.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import { type ShopOptions, type SimShop, simShop } from '../simulators/shop.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { signCall } from './sign.ts'
import { answerText, badParam, businessFailure, refusal, type SimAnswer } from './sim-answer.ts'
import { simDecrypt } from './sim-ciphers.ts'
import { simOrderRow } from './sim-order.ts'
import { type SimPushSign, simPushOf, simTestPush } from './sim-push.ts'
import { simSearchOrders, simSearchRefunds } from './sim-search.ts'
import { simShipping } from './sim-ship.ts'
import { simStock } from './sim-stock.ts'
import { simTokens } from './sim-tokens.ts'

const APP_KEY = '7000000000000000001'
const SERVICE_ID = '42'
const APP_SECRET = 'sim-douyin-app-secret'
const TOLERANCE_S = 600
const RETRIES_MS = [1_000, 5_000, 30_000]
const PUSH_TIMEOUT_MS = 3_000

export interface DouyinSimulatorOptions {
  readonly clock?: () => Date
  readonly shop?: Partial<Omit<ShopOptions, 'clock'>>
  /** Calls the platform lets pass; more are answered as limited. */
  readonly callsPerSecond?: number
  /** Entries of `order.batchDecrypt` that are answered. */
  readonly decryptQuota?: number
  /** Phones are decrypted to numbers of the platform that work for a while. */
  readonly virtualPhones?: boolean
  readonly pushSign?: SimPushSign
}

/** A made-up shop whose ids look like the platform's. */
export function douyinShop(
  clock: () => Date = () => new Date(),
  options: DouyinSimulatorOptions['shop'] = {},
): SimShop {
  const digits = (number: number, length: number) => String(number).padStart(length, '0')
  return simShop({
    name: '演示抖店',
    shopId: '4463798',
    orderId: number => `6920001${digits(number, 8)}0001`,
    productId: number => `36${digits(number, 17)}`,
    skuId: number => `178${digits(number, 16)}`,
    refundId: number => `7123001${digits(number, 8)}0001`,
    ...options,
    clock,
  })
}

export function douyinSimulator(options: DouyinSimulatorOptions = {}): Simulator {
  const shop = douyinShop(options.clock, options.shop)
  const faults = simFaults()
  const tokens = simTokens({ clock: shop.clock, shop })
  const isWithinLimit = simLimit(options.callsPerSecond ?? 20, () => new Date())
  const shipping = simShipping(shop)
  const setStock = simStock(shop)
  const quota = { left: options.decryptQuota ?? 10_000, isVirtual: options.virtualPhones ?? false }
  const push = { target: '' }
  const pushKey = { appKey: APP_KEY, appSecret: APP_SECRET, sign: options.pushSign ?? 'hmac' }
  const pushes = simPushes({
    target: () => push.target,
    faults,
    isTaken: ({ status, text }) => status === 200 && recordOf(parseJson(text)).code === 0,
    retryAfterMs: RETRIES_MS,
    timeoutMs: PUSH_TIMEOUT_MS,
  })
  shop.onChange(change => {
    if (push.target !== '') pushes.send(simPushOf(change, shipping.teller, pushKey))
  })

  const methods: Readonly<Record<string, (params: Fields) => SimAnswer>> = {
    'token.create': tokens.create,
    'token.refresh': tokens.refresh,
    'order.searchList': params => simSearchOrders(params, shop, shipping.teller),
    'order.orderDetail'(params) {
      const order = shop.order(textOf(params.shop_order_id))
      return order
        ? { data: { shop_order_detail: simOrderRow(order, shipping.teller) } }
        : businessFailure(10_001, '订单不存在')
    },
    'order.batchDecrypt': params => simDecrypt(params, id => shop.order(id), quota),
    'order.logisticsAdd': shipping.whole,
    'order.logisticsAddMultiPack': shipping.packs,
    'afterSale.List': params => simSearchRefunds(params, shop),
    'sku.syncStock': setStock,
  }

  /** Everything is checked before anything is done, as the platform's gateway does. */
  function answerTo(request: FastifyRequest<{ Params: { group: string; action: string } }>): SimAnswer {
    const query = recordOf(request.query)
    const method = `${request.params.group}.${request.params.action}`
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
    const bad = (code: string, said: string) => refusal(40003, '非法的参数', code, said)
    const perform = methods[method]
    if (!perform || textOf(query.method) !== method) return bad('isv.method-invalid', 'method 不存在')
    if (query.app_key !== APP_KEY) return bad('isv.app-id-invalid', 'app_key 不存在')
    const timestamp = textOf(query.timestamp)
    const skewS = Math.abs(shop.clock().getTime() / 1_000 - numberOf(timestamp))
    if (skewS > TOLERANCE_S || faults.take('clock-skew'))
      return bad('isv.timestamp-invalid', 'timestamp 与服务器时间相差超过 10 分钟')
    if (textOf(query.sign) === '') return refusal(40001, '缺少必选参数', 'isv.signature-missing', '缺少 sign')
    const expected = signCall({ appKey: APP_KEY, method, paramJson: body, timestamp }, APP_SECRET)
    if (query.sign !== expected || query.v !== '2' || faults.take('wrong-signature'))
      return bad('isv.signature-invalid', '签名不正确')
    if (!isWithinLimit() || faults.take('throttle'))
      return refusal(60000, '请求被限流', 'isv.traffic-limited', '请求过于频繁，请稍后再试')
    if (!method.startsWith('token.')) {
      if (faults.take('expire-token')) tokens.expire()
      const wrong = tokens.check(textOf(query.access_token))
      if (wrong) return wrong
    }
    try {
      return perform(recordOf(parseJson(body)))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return badParam('param_json 不是 JSON')
    }
  }

  return {
    id: 'douyin',
    name: { zh: '抖店', en: 'Douyin' },
    faults,
    shop,
    push,
    mount(app: FastifyInstance) {
      mountConsent(app, {
        path: '/douyin/authorize',
        shop: shop.name,
        app: ['service_id', SERVICE_ID],
        agree: tokens.code,
      })
      app.post<{ Params: { group: string; action: string } }>(
        '/douyin/:group/:action',
        async (request, reply) => {
          const logId = randomUUID().replaceAll('-', '').toUpperCase()
          return reply.type('application/json; charset=utf-8').send(answerText(answerTo(request), logId))
        },
      )
    },
    access: baseUrl => ({
      settings: {
        gateway: `${baseUrl}/douyin`,
        authorizeUrl: `${baseUrl}/douyin/authorize`,
        grant: 'self',
        shopId: shop.shopId,
      },
      credentials: { appKey: APP_KEY, appSecret: APP_SECRET },
    }),
    deeds: [
      {
        id: 'test-push',
        name: { zh: '发送测试推送', en: 'Send a test push' },
        perform() {
          if (push.target === '') return '还没有推送地址'
          pushes.send(simTestPush(shop.clock(), pushKey))
          return '已发送'
        },
      },
    ],
  }
}
