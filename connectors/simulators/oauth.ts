import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** What a simulated shop grants an app, as platforms with OAuth2 do. */
export interface SimGrants {
  /** A token for the code of an agreement; each code is good once. */
  byCode(code: string): SimGrant | undefined
  /** The next token; it voids the one before and its refresh token. */
  byRefresh(refreshToken: string): SimGrant | undefined
  isGood(accessToken: string): boolean
  /** The access token is no longer good, as when its time is over; the refresh token still is. */
  expire(): void
  /** The shop takes its agreement back: only a person can authorise again. */
  revoke(): void
}

export interface SimGrant {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresAt: Date
}

export interface SimGrantOptions {
  readonly clock: () => Date
  readonly lifeMs: number
}

export function simGrants({ clock, lifeMs }: SimGrantOptions): SimGrants & { agree(): string } {
  const codes = new Set<string>()
  let current: SimGrant | undefined
  let isExpired = false

  function grant(): SimGrant {
    current = {
      accessToken: `at-${randomUUID()}`,
      refreshToken: `rt-${randomUUID()}`,
      expiresAt: new Date(clock().getTime() + lifeMs),
    }
    isExpired = false
    return current
  }

  return {
    agree() {
      const code = `code-${randomUUID()}`
      codes.add(code)
      return code
    },
    byCode: code => (codes.delete(code) ? grant() : undefined),
    byRefresh: refreshToken => (current?.refreshToken === refreshToken ? grant() : undefined),
    isGood: accessToken => current?.accessToken === accessToken && !isExpired && current.expiresAt > clock(),
    expire() {
      isExpired = true
    },
    revoke() {
      current = undefined
    },
  }
}

export interface ConsentPage {
  /** Where the page is. */
  readonly path: string
  /** Whose shop it is about. */
  readonly shop: string
  /** The parameter of the app's key, and the key. */
  readonly app: readonly [name: string, key: string]
  /** A new code, when the person agrees. */
  readonly agree: () => string
}

/** The page where the owner of the shop lets the app in: one link, back to the app with `code` and `state`. */
export function mountConsent(
  app: FastifyInstance,
  { path, shop, app: [name, key], agree }: ConsentPage,
): void {
  app.get(path, (request, reply) => {
    const query = request.query as Readonly<Record<string, string>>
    const { redirect_uri = '', state = '' } = query
    if (query[name] !== key || !URL.canParse(redirect_uri))
      return reply.code(400).type('text/plain; charset=utf-8').send(`${name} / redirect_uri?`)
    const back = new URL(redirect_uri)
    back.searchParams.set('code', agree())
    back.searchParams.set('state', state)
    const href = back.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    return reply
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><meta charset="utf-8"><title>${shop}</title><h1>${shop}</h1><p>同意让应用读取这个店铺的订单？ · May the app read the orders of this shop?</p><p><a href="${href}">同意授权 · Agree</a></p>`,
      )
  })
}
