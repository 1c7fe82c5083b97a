import type { FastifyInstance } from 'fastify'
import { mountConsent, type SimGrant, simGrants } from '../simulators/oauth.ts'
import type { SimShop } from '../simulators/shop.ts'

const DAY_MS = 86_400_000

/** Which tokens are good, and the page and the call that give them. */
export interface SimAuth {
  isGood(session: string): boolean
  /** Voids the token in use, as when it ends before its time. */
  expire(): void
  mount(app: FastifyInstance, base: string): void
}

export interface SimAuthOptions {
  readonly shop: SimShop
  readonly appKey: string
  readonly appSecret: string
  /** Ninety days where absent. */
  readonly tokenLifeMs?: number
  /** An app for one's own shop alone cannot refresh. */
  readonly mayRefresh?: boolean
}

export function simAuth(options: SimAuthOptions): SimAuth {
  const { shop, appKey, appSecret, tokenLifeMs = 90 * DAY_MS, mayRefresh = true } = options
  const grants = simGrants({ clock: shop.clock, lifeMs: tokenLifeMs })
  const refuse = (error: string, error_description: string) => ({ error, error_description })

  function granted({ accessToken, refreshToken }: SimGrant) {
    const seconds = Math.floor(tokenLifeMs / 1_000)
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: seconds,
      refresh_token: refreshToken,
      re_expires_in: mayRefresh ? 2 * seconds : 0,
      r1_expires_in: seconds,
      r2_expires_in: seconds,
      w1_expires_in: seconds,
      w2_expires_in: seconds,
      taobao_user_nick: encodeURIComponent(shop.name),
      taobao_user_id: shop.shopId,
    }
  }

  function tokenFor(form: URLSearchParams): Readonly<Record<string, unknown>> {
    if (form.get('client_id') !== appKey || form.get('client_secret') !== appSecret)
      return refuse('invalid_client', 'client_id or client_secret is invalid')
    const kind = form.get('grant_type')
    if (kind === 'authorization_code') {
      const grant = grants.byCode(form.get('code') ?? '')
      return grant ? granted(grant) : refuse('invalid_grant', 'authorize code is invalid or expired')
    }
    if (kind !== 'refresh_token') return refuse('unsupported_grant_type', 'grant_type is invalid')
    const grant = mayRefresh ? grants.byRefresh(form.get('refresh_token') ?? '') : undefined
    return grant ? granted(grant) : refuse('invalid_grant', 'refresh token is invalid or expired')
  }

  return {
    isGood: grants.isGood,
    expire: grants.expire,
    mount(app, base) {
      mountConsent(app, {
        path: `${base}/authorize`,
        shop: shop.name,
        app: ['client_id', appKey],
        agree: grants.agree,
      })
      app.post(`${base}/token`, async request =>
        tokenFor(new URLSearchParams((request.body as Buffer).toString('utf8'))),
      )
    },
  }
}
