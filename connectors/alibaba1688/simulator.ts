import type { FastifyInstance, FastifyReply } from 'fastify'
import { jsonWithBareDigits } from '../simulators/bare-digits.ts'
import { simFaults } from '../simulators/faults.ts'
import { simLimit } from '../simulators/rate-limit.ts'
import type { Simulator } from '../simulators/simulator.ts'
import { signAop } from './sign.ts'
import { MissingParam, simApis } from './sim-apis.ts'
import { simAuth1688 } from './sim-auth.ts'
import { type SimSuppliers, simSuppliers } from './sim-store.ts'

const APP_KEY = '7654321'
const APP_SECRET = 'sim-1688-secret-0123456789abcdef'
const TOKEN_LIFE_MS = 36_000_000

export interface Simulator1688Options {
  readonly clock?: () => Date
  /** Calls the platform takes per second. */
  readonly perSecond?: number
  readonly tokenLifeMs?: number
  /** Told of every call that was let in, by the API's name, before it is answered. */
  readonly onCall?: (api: string) => void
}

/** Suppliers behind the documented protocol of the 1688 open platform, and a buyer's account there. */
export function alibaba1688Simulator(
  options: Simulator1688Options = {},
): Simulator & { readonly suppliers: SimSuppliers } {
  const { clock = () => new Date(), perSecond = 20, tokenLifeMs = TOKEN_LIFE_MS, onCall } = options
  const faults = simFaults()
  const suppliers = simSuppliers(clock)
  const apis = simApis(suppliers, clock)
  const auth = simAuth1688({
    clock,
    appKey: APP_KEY,
    appSecret: APP_SECRET,
    owner: '演示采购商',
    lifeMs: tokenLifeMs,
  })
  const isWithinLimit = simLimit(perSecond, () => new Date())

  const send = (reply: FastifyReply, status: number, body: unknown) =>
    reply.code(status).type('application/json;charset=UTF-8').send(jsonWithBareDigits(body))
  const refuse = (reply: FastifyReply, status: number, error_code: string, error_message: string) =>
    send(reply, status, { error_code, error_message, exception: error_message, request_id: 'sim1688' })

  function answer(
    reply: FastifyReply,
    called: { namespace: string; api: string; appKey: string },
    body: string,
  ) {
    const { namespace, api, appKey } = called
    const params = Object.fromEntries(new URLSearchParams(body))
    const expected = signAop(`param2/1/${namespace}/${api}/${appKey}`, params, APP_SECRET)
    const isSigned = appKey === APP_KEY && params._aop_signature === expected
    if (!isSigned || faults.take('wrong-signature'))
      return refuse(reply, 400, 'gw.SignatureInvalid', 'Invalid signature')
    if (faults.take('throttle') || !isWithinLimit())
      return refuse(reply, 400, 'gw.QosAppFrequencyLimit', 'App call exceeds limited frequency')
    if (faults.take('expire-token')) auth.expire()
    if (!auth.isGood(params.access_token ?? ''))
      return refuse(reply, 401, '401', 'Request need user authorized')
    const work = apis.get(`${namespace}/${api}`)
    if (!work) return refuse(reply, 404, 'gw.APIUnsupported', `Unsupported API: ${namespace}:${api}`)
    onCall?.(api)
    try {
      return send(reply, 200, work(params))
    } catch (error) {
      if (!(error instanceof MissingParam)) throw error
      return refuse(reply, 400, 'gw.ParamMissing', `Missing parameter: ${error.message}`)
    }
  }

  return {
    id: 'alibaba-1688',
    name: { zh: '1688 采购', en: '1688 purchasing' },
    faults,
    suppliers,
    mount(app: FastifyInstance) {
      const text = (body: unknown) => (body as Buffer).toString('utf8')
      auth.mount(app, '/alibaba-1688/oauth/authorize')
      for (const protocol of ['http', 'param2'])
        app.post(
          `/alibaba-1688/openapi/${protocol}/1/system.oauth2/getToken/:appKey`,
          async (request, reply) => {
            const said = auth.tokenFor(new URLSearchParams(text(request.body)))
            return send(reply, 'error' in said ? 400 : 200, said)
          },
        )
      app.post('/alibaba-1688/openapi/param2/1/:namespace/:api/:appKey', async (request, reply) =>
        answer(
          reply,
          request.params as { namespace: string; api: string; appKey: string },
          text(request.body),
        ),
      )
    },
    access: baseUrl => ({
      settings: {
        gateway: `${baseUrl}/alibaba-1688/openapi`,
        authHost: `${baseUrl}/alibaba-1688`,
        addressFrom: 'saved',
        addressId: '7700001',
        goods: suppliers.offers.map(({ sku, offerId, specId }) => ({
          sku,
          offerId,
          specId,
          unitsPerPack: 1,
        })),
      },
      credentials: { appKey: APP_KEY, appSecret: APP_SECRET },
    }),
    log: suppliers.log,
    deeds: suppliers.deeds,
  }
}
