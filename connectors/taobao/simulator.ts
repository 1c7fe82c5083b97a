import type { FastifyInstance, FastifyReply } from 'fastify'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { jsonWithBareDigits } from '../simulators/bare-digits.ts'
import { simFaults } from '../simulators/faults.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import { type ShopOptions, type SimShop, simShop } from '../simulators/shop.ts'
import type { Simulator } from '../simulators/simulator.ts'
import type { TopError } from './faults.ts'
import { type SignMethod, signTop } from './sign.ts'
import { simAuth } from './sim-auth.ts'
import { type Params, simMethods, TopRefusal } from './sim-methods.ts'

const CLOCK_TOLERANCE_MS = 10 * 60_000
const SIGN_METHODS: ReadonlySet<string> = new Set(['md5', 'hmac', 'hmac-sha256'])
const APP_KEY = '12345678'
const APP_SECRET = 'sim-taobao-secret-0123456789abcdef'

export interface TaobaoSimulatorOptions {
  readonly clock?: () => Date
  readonly shop?: Partial<Omit<ShopOptions, 'clock'>>
  /** Calls the platform takes per second. */
  readonly perSecond?: number
  readonly tokenLifeMs?: number
  readonly mayRefresh?: boolean
  readonly decryptQuota?: number
  /** Phones are decrypted to privacy numbers with an extension; true where absent. */
  readonly hasVirtualPhones?: boolean
}

/** A Taobao shop behind the documented protocol of the Taobao Open Platform. */
export function taobaoSimulator(options: TaobaoSimulatorOptions = {}): Simulator {
  const faults = simFaults()
  const shop: SimShop = simShop({
    name: '演示旗舰店',
    shopId: '2200000000001',
    orderId: number => `41234567${String(number).padStart(7, '0')}5678`,
    ...options.shop,
    clock: options.clock,
  })
  const auth = simAuth({ ...options, shop, appKey: APP_KEY, appSecret: APP_SECRET })
  const methods = simMethods({
    shop,
    decryptQuota: options.decryptQuota ?? 10_000,
    hasVirtualPhones: options.hasVirtualPhones ?? true,
  })
  const isWithinLimit = simLimit(options.perSecond ?? 50, () => new Date())
  let requests = 0

  function answer(form: Params): Readonly<Record<string, unknown>> {
    const method = form.method ?? ''
    try {
      check(form)
      const work = methods.get(method)
      if (!work) throw new TopRefusal({ code: 22, msg: 'Invalid method' })
      const root = `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`
      return { [root]: { ...work(form), request_id: requestId() } }
    } catch (error) {
      if (!(error instanceof TopRefusal)) throw error
      return { error_response: { ...error.error, request_id: requestId() } }
    }
  }

  const requestId = () => `16g4sim${String(++requests).padStart(7, '0')}`
  const refuse = (code: number, msg: string, more: TopError = {}) => new TopRefusal({ code, msg, ...more })

  /** @throws TopRefusal */
  function check(form: Params): void {
    if (!form.app_key) throw refuse(28, 'Missing app key')
    if (form.app_key !== APP_KEY) throw refuse(29, 'Invalid app Key')
    if (form.format !== 'json' || form.v !== '2.0') throw refuse(23, 'Invalid format')
    if (!form.timestamp) throw refuse(30, 'Missing timestamp')
    const at = fromShanghai(form.timestamp)
    const isFar = !at || Math.abs(at.getTime() - shop.clock().getTime()) > CLOCK_TOLERANCE_MS
    if (isFar || faults.take('clock-skew')) throw refuse(31, 'Invalid timestamp')
    if (!form.sign) throw refuse(24, 'Missing signature')
    const isSigned =
      SIGN_METHODS.has(form.sign_method ?? '') &&
      form.sign === signTop(form, APP_SECRET, form.sign_method as SignMethod)
    if (!isSigned || faults.take('wrong-signature')) throw refuse(25, 'Invalid signature')
    if (faults.take('throttle'))
      throw refuse(7, 'App Call Limited', { sub_code: 'accesscontrol.limited-by-api-access-count' })
    if (!isWithinLimit())
      throw refuse(7, 'App Call Limited', {
        sub_code: 'accesscontrol.limited-by-api-access-count',
        sub_msg: 'This ban will last for 1 more seconds',
      })
    if (faults.take('expire-token')) auth.expire()
    if (!form.session) throw refuse(26, 'Missing session')
    if (!auth.isGood(form.session))
      throw refuse(27, 'Invalid session', { sub_code: 'invalid-sessionkey', sub_msg: 'SessionKey非法' })
  }

  return {
    id: 'taobao',
    name: { zh: '淘宝 / 天猫', en: 'Taobao / Tmall' },
    faults,
    shop,
    mount(app: FastifyInstance) {
      auth.mount(app, '/taobao')
      app.post('/taobao/router/rest', async (request, reply: FastifyReply) => {
        const body = (request.body as Buffer).toString('utf8')
        const form = Object.fromEntries(new URLSearchParams(body))
        return reply.type('application/json;charset=utf-8').send(jsonWithBareDigits(answer(form)))
      })
    },
    access: baseUrl => ({
      settings: { gateway: `${baseUrl}/taobao/router/rest`, oauthHost: `${baseUrl}/taobao` },
      credentials: { appKey: APP_KEY, appSecret: APP_SECRET },
    }),
  }
}
