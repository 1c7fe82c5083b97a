import type { FastifyInstance } from 'fastify'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { simFaults } from '../simulators/faults.ts'
import { mountConsent, type SimGrant, simGrants } from '../simulators/oauth.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import { type ShopOptions, simShop } from '../simulators/shop.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { pinduoduoSign } from './sign.ts'
import { type SimParams, simulatedMethods } from './sim-methods.ts'
import { refusalBody, requestId, SimulatedRefusal } from './sim-refusal.ts'

export interface PinduoduoSimulatorOptions {
  readonly clock?: () => Date
  readonly shop?: Partial<Pick<ShopOptions, 'name' | 'products' | 'seed' | 'orderId'>>
  /** How long a token lives; a day where absent. */
  readonly tokenLifeMs?: number
  /** Calls within a time, by interface; the documented limits where absent. */
  readonly limits?: Readonly<Record<string, SimulatedLimit>>
  /** Texts the shop may have decrypted a day. */
  readonly decryptQuota?: number
  readonly hasVirtualPhones?: boolean
  /** Interfaces the app was not given. */
  readonly forbidden?: readonly string[]
}

interface SimulatedLimit {
  readonly times: number
  readonly withinMs: number
}

/** Limits for each shop, as the interfaces' own pages state them. */
const LIMITS: Readonly<Record<string, SimulatedLimit>> = {
  'pdd.order.list.get': { times: 6_000, withinMs: 60_000 },
  'pdd.order.number.list.increment.get': { times: 3_000, withinMs: 60_000 },
  'pdd.refund.list.increment.get': { times: 100, withinMs: 10_000 },
}

const CLIENT_ID = 'pdd-demo-client-id'
const CLIENT_SECRET = 'pdd-demo-client-secret-0001'
const DAY_MS = 24 * 3_600_000
const YEAR_S = 365 * 24 * 3_600
const SKEW_S = 600
const DECRYPT_QUOTA = 1_000

/** Fifteen digits behind the day: how Pinduoduo numbers orders. */
function orderSn(number: number, at: Date): string {
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(2, 10).replaceAll('-', '')
  return `${day}-${String(number).padStart(10, '0')}12345`
}

/** The simulated Pinduoduo with one shop. */
export function pinduoduoSimulator(options: PinduoduoSimulatorOptions = {}): Simulator {
  const { clock = () => new Date(), tokenLifeMs = DAY_MS } = options
  const faults = simFaults()
  const shop = simShop({
    name: '素衣官方店',
    shopId: '100000001',
    orderId: orderSn,
    productId: number => String(620_000_000_000 + number),
    skuId: number => String(1_490_000_000_000 + number),
    refundId: number => String(9_000_000_000 + number),
    clock,
    ...options.shop,
  })
  const grants = simGrants({ clock, lifeMs: tokenLifeMs })
  const methods = simulatedMethods(shop, {
    quota: options.decryptQuota ?? DECRYPT_QUOTA,
    isVirtual: options.hasVirtualPhones ?? false,
  })
  const limits = new Map(
    Object.entries({ ...LIMITS, ...options.limits }).map(([type, { times, withinMs }]) => [
      type,
      simLimit((times * 1_000) / withinMs, () => new Date(), times),
    ]),
  )

  function answer(params: SimParams): Readonly<Record<string, unknown>> {
    demandPublic(params)
    const { type = '' } = params
    if (type === 'pdd.pop.auth.token.create') return tokenAnswer('create', grants.byCode(params.code ?? ''))
    if (type === 'pdd.pop.auth.token.refresh')
      return tokenAnswer('refresh', grants.byRefresh(params.refresh_token ?? ''))
    const method = methods[type]
    if (!method) throw new SimulatedRefusal(10017, 'type不存在')
    if (faults.take('expire-token')) grants.expire()
    if (!grants.isGood(params.access_token ?? ''))
      throw new SimulatedRefusal(10019, 'access_token已过期', 'access_token已过期')
    if (options.forbidden?.includes(type)) throw new SimulatedRefusal(20031, '用户没有授权访问此接口')
    if (faults.take('throttle') || limits.get(type)?.() === false)
      throw new SimulatedRefusal(70031, '调用过于频繁，请调整调用频率', '调用过于频繁，请调整调用频率')
    return { [method.root]: { ...method.answer(params), request_id: requestId() } }
  }

  function demandPublic(params: SimParams): void {
    for (const name of ['type', 'client_id', 'timestamp', 'sign'])
      if (!params[name]) throw new SimulatedRefusal(10001, `公共参数错误:${name}`)
    if (params.client_id !== CLIENT_ID) throw new SimulatedRefusal(10016, 'client_id不合法')
    if (faults.take('wrong-signature') || params.sign !== pinduoduoSign(params, CLIENT_SECRET))
      throw new SimulatedRefusal(20004, '签名sign校验失败')
    const skewS = Math.abs(unixSeconds(clock()) - Number(params.timestamp))
    if (faults.take('clock-skew') || !(skewS <= SKEW_S))
      throw new SimulatedRefusal(10001, '公共参数错误:timestamp')
  }

  function tokenAnswer(what: 'create' | 'refresh', grant: SimGrant | undefined) {
    if (!grant)
      throw new SimulatedRefusal(
        50001,
        '业务服务错误',
        what === 'create' ? 'code无效' : 'refresh_token已过期',
      )
    const expires = { in: Math.floor(tokenLifeMs / 1_000), at: unixSeconds(grant.expiresAt) }
    const levels = ['r1', 'r2', 'w1', 'w2'].flatMap(level => [
      [`${level}_expires_in`, expires.in],
      [`${level}_expires_at`, expires.at],
    ])
    return {
      [`pop_auth_token_${what}_response`]: {
        access_token: grant.accessToken,
        refresh_token: grant.refreshToken,
        expires_in: expires.in,
        expires_at: expires.at,
        refresh_token_expires_in: YEAR_S,
        refresh_token_expires_at: unixSeconds(clock()) + YEAR_S,
        ...Object.fromEntries(levels),
        owner_id: shop.shopId,
        owner_name: shop.name,
        scope: Object.keys(methods),
        request_id: requestId(),
      },
    }
  }

  return {
    id: 'pinduoduo',
    name: { zh: '拼多多', en: 'Pinduoduo' },
    faults,
    shop,
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/pinduoduo/api/router`, authorizeUrl: `${baseUrl}/pinduoduo/auth` },
      credentials: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
    }),
    deeds: [
      {
        id: 'revoke',
        name: { zh: '店铺取消授权', en: 'The shop revokes its authorisation' },
        perform() {
          grants.revoke()
          return '已取消，需要重新授权 · Revoked: it must be authorised again'
        },
      },
    ],
    mount(app: FastifyInstance) {
      mountConsent(app, {
        path: '/pinduoduo/auth',
        shop: shop.name,
        app: ['client_id', CLIENT_ID],
        agree: grants.agree,
      })
      app.post('/pinduoduo/api/router', (request, reply) => {
        const params = paramsOf(String(request.body), request.headers['content-type'] ?? '')
        try {
          return reply.send(answer(params))
        } catch (error) {
          if (!(error instanceof SimulatedRefusal)) throw error
          return reply.send(refusalBody(error))
        }
      })
    },
  }
}

/** Forms and JSON are both taken; JSON values that are no texts count as their text. */
function paramsOf(body: string, contentType: string): SimParams {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(body))
  const parsed = JSON.parse(body) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  )
}
