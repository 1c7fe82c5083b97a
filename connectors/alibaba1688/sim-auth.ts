import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { mountConsent } from '../simulators/oauth.ts'
import { aopTime } from './sim-order.ts'

const HALF_A_YEAR_MS = 182 * 86_400_000

/** The tokens of a simulated 1688: access for ten hours, and a refresh token that stays the same for half a year. */
export interface SimAuth1688 {
  isGood(accessToken: string): boolean
  /** Voids the access token, as when its time is over. */
  expire(): void
  /** The answer to `getToken`. */
  tokenFor(form: URLSearchParams): Readonly<Record<string, unknown>>
  mount(app: FastifyInstance, path: string): void
}

export interface SimAuth1688Options {
  readonly clock: () => Date
  readonly appKey: string
  readonly appSecret: string
  readonly owner: string
  readonly lifeMs: number
}

export function simAuth1688({ clock, appKey, appSecret, owner, lifeMs }: SimAuth1688Options): SimAuth1688 {
  const codes = new Set<string>()
  let access = ''
  let refreshToken = ''
  let goodUntil = 0
  let refreshUntil = new Date(0)

  function grant() {
    access = randomUUID()
    goodUntil = clock().getTime() + lifeMs
    return {
      access_token: access,
      expires_in: String(Math.floor(lifeMs / 1_000)),
      memberId: 'b2b-2200000000001demo',
      aliId: '2200000000001',
      resource_owner: owner,
    }
  }
  const refuse = (error: string, error_description: string) => ({ error, error_description })

  return {
    isGood: token => token !== '' && token === access && clock().getTime() < goodUntil,
    expire() {
      goodUntil = 0
    },
    tokenFor(form) {
      if (form.get('client_id') !== appKey || form.get('client_secret') !== appSecret)
        return refuse('invalid_client', 'client_id or client_secret is invalid')
      if (form.get('grant_type') === 'authorization_code') {
        if (!codes.delete(form.get('code') ?? ''))
          return refuse('invalid_grant', 'code is invalid or expired')
        refreshToken = randomUUID()
        refreshUntil = new Date(clock().getTime() + HALF_A_YEAR_MS)
        return { ...grant(), refresh_token: refreshToken, refresh_token_timeout: aopTime(refreshUntil) }
      }
      const isKnown = refreshToken !== '' && form.get('refresh_token') === refreshToken
      return isKnown && clock() < refreshUntil
        ? grant()
        : refuse('invalid_grant', 'refresh_token is invalid or expired')
    },
    mount: (app, path) =>
      mountConsent(app, {
        path,
        shop: owner,
        app: ['client_id', appKey],
        agree() {
          const code = randomUUID()
          codes.add(code)
          return code
        },
      }),
  }
}
