import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { simFaults } from '../simulators/faults.ts'
import { mountConsent, simGrants } from '../simulators/oauth.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import { type ShopOptions, simShop } from '../simulators/shop.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { jdSign } from './sign.ts'
import { SimulatedRefusal, simulatedMethods } from './sim-methods.ts'

export interface JdSimulatorOptions {
  readonly clock?: () => Date
  readonly shop?: Partial<Pick<ShopOptions, 'name' | 'products' | 'seed' | 'orderId'>>
  /** How long a token lives; a day where absent. */
  readonly tokenLifeMs?: number
  /** Calls a second; JD tells this in its console alone. */
  readonly perSecond?: number
  /** Interfaces the app was not given. */
  readonly forbidden?: readonly string[]
}

type Form = Readonly<Record<string, string>>

const APP_KEY = 'JD-DEMO-APP-KEY'
const APP_SECRET = 'jd-demo-app-secret-0001'
const DAY_MS = 24 * 3_600_000
const SKEW_MS = 10 * 60_000
const PER_SECOND = 50
const FIRST_ORDER = 300_000_000_000

/** The simulated JD with one shop. The numbers of its refusals are made up, but for 19. */
export function jdSimulator(options: JdSimulatorOptions = {}): Simulator {
  const { clock = () => new Date(), tokenLifeMs = DAY_MS, perSecond = PER_SECOND } = options
  const faults = simFaults()
  const shop = simShop({
    name: '素衣京东店',
    shopId: '10000001',
    orderId: number => String(FIRST_ORDER + number),
    productId: number => String(10_000_000_000 + number),
    skuId: number => String(10_000_000_000_000 + number),
    refundId: number => String(1_100_000_000 + number),
    clock,
    ...options.shop,
  })
  const grants = simGrants({ clock, lifeMs: tokenLifeMs })
  const methods = simulatedMethods(shop)
  const mayCall = simLimit(perSecond, () => new Date(), perSecond * 2)

  function answer(form: Form): Readonly<Record<string, unknown>> {
    const { method = '' } = form
    if (form.app_key !== APP_KEY) throw new SimulatedRefusal('11', '无效app_key', 'Invalid app_key')
    if (faults.take('wrong-signature') || form.sign !== jdSign(form, APP_SECRET))
      throw new SimulatedRefusal('12', '无效签名', 'Invalid signature')
    const at = fromShanghai((form.timestamp ?? '').replace(/\.\d{3}\+0800$/, ''))
    const skewMs = at ? Math.abs(at.getTime() - clock().getTime()) : Number.POSITIVE_INFINITY
    if (faults.take('clock-skew') || skewMs > SKEW_MS)
      throw new SimulatedRefusal('14', '无效时间戳', 'Invalid timestamp')
    const read = methods[method]
    if (!read) throw new SimulatedRefusal('10', '不存在的方法名', 'Invalid method')
    if (faults.take('expire-token')) grants.expire()
    if (!grants.isGood(form.access_token ?? ''))
      throw new SimulatedRefusal('19', '无效access_token', 'Invalid access_token')
    if (options.forbidden?.includes(method))
      throw new SimulatedRefusal('20', '没有调用该接口的权限', 'No permission')
    if (faults.take('throttle') || !mayCall())
      throw new SimulatedRefusal('21', '调用频率超过限制', 'Call limited')
    const params = JSON.parse(form['360buy_param_json'] ?? '{}') as Readonly<Record<string, unknown>>
    const root = `${method.replaceAll('.', '_')}_responce`
    return { [root]: { code: '0', ...read(params), request_id: randomUUID() } }
  }

  function tokenAnswer(query: Form, way: 'byCode' | 'byRefresh'): Readonly<Record<string, unknown>> {
    if (query.app_key !== APP_KEY || query.app_secret !== APP_SECRET)
      return { code: 400, msg: 'app_key or app_secret is invalid' }
    const grant = grants[way](query[way === 'byCode' ? 'code' : 'refresh_token'] ?? '')
    if (!grant) return { code: 401, msg: 'grant is invalid or expired' }
    return {
      access_token: grant.accessToken,
      expires_in: Math.floor(tokenLifeMs / 1_000),
      refresh_token: grant.refreshToken,
      scope: 'snsapi_base',
      open_id: 'DEMOOPENID',
      uid: '1000000001',
      time: clock().getTime(),
      token_type: 'bearer',
    }
  }

  return {
    id: 'jd',
    name: { zh: '京东', en: 'JD' },
    faults,
    shop,
    access: baseUrl => ({
      settings: {
        gateway: `${baseUrl}/jd/routerjson`,
        authorizeUrl: `${baseUrl}/jd/oauth2/to_login`,
        tokenUrl: `${baseUrl}/jd/oauth2/access_token`,
        refreshUrl: `${baseUrl}/jd/oauth2/refresh_token`,
      },
      credentials: { appKey: APP_KEY, appSecret: APP_SECRET },
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
        path: '/jd/oauth2/to_login',
        shop: shop.name,
        app: ['app_key', APP_KEY],
        agree: grants.agree,
      })
      app.get('/jd/oauth2/access_token', request => tokenAnswer(request.query as Form, 'byCode'))
      app.get('/jd/oauth2/refresh_token', request => tokenAnswer(request.query as Form, 'byRefresh'))
      const routed = (form: Form) => {
        try {
          return answer(form)
        } catch (error) {
          if (!(error instanceof SimulatedRefusal)) throw error
          return { error_response: { code: error.code, zh_desc: error.message, en_desc: error.english } }
        }
      }
      app.get('/jd/routerjson', request => routed(request.query as Form))
      app.post('/jd/routerjson', request =>
        routed(Object.fromEntries(new URLSearchParams(String(request.body)))),
      )
    },
  }
}
