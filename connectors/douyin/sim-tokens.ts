import { randomUUID } from 'node:crypto'
import { type Fields, textOf } from '../kit/said.ts'
import { refusal, type SimAnswer, type SimRefusal } from './sim-answer.ts'

const HOUR_MS = 3_600_000
const ACCESS_MS = 7 * 24 * HOUR_MS
const REFRESH_MS = 14 * 24 * HOUR_MS
const CODE_MS = 10 * 60_000

export interface SimTokens {
  /** A code as the sign-in page gives it: good once, for ten minutes. */
  code(): string
  create(params: Fields): SimAnswer
  refresh(params: Fields): SimAnswer
  /** What is wrong with an access token; undefined when it is good. */
  check(accessToken: string): SimRefusal | undefined
  /** The token that is good now is so no longer. */
  expire(): void
}

export interface SimTokensOptions {
  readonly clock: () => Date
  readonly shop: { readonly shopId: string; readonly name: string }
}

/** Tokens of one shop: until the last hour of a token, asking anew gives the same one back. */
export function simTokens({ clock, shop }: SimTokensOptions): SimTokens {
  let current = issue()
  const codes = new Map<string, number>()

  function issue() {
    const now = clock().getTime()
    return {
      access: randomUUID(),
      refresh: randomUUID(),
      endsAt: now + ACCESS_MS,
      refreshEndsAt: now + REFRESH_MS,
    }
  }

  function given(): SimAnswer {
    const now = clock().getTime()
    if (current.endsAt - now <= HOUR_MS) current = issue()
    return {
      data: {
        access_token: current.access,
        refresh_token: current.refresh,
        expires_in: Math.floor((current.endsAt - now) / 1_000),
        scope: 'SCOPE',
        shop_id: Number(shop.shopId),
        shop_name: shop.name,
        authority_id: shop.shopId,
        auth_subject_type: 'MultiShop',
      },
    }
  }

  const refused = (why: string, said: string) =>
    refusal(50001, '平台业务处理失败', `dop.token-generate-failed:${why}`, said)
  const badToken = (why: string, said: string) =>
    refusal(40003, '非法的参数', `isv.access-token-${why}`, said)

  return {
    code() {
      const code = randomUUID()
      codes.set(code, clock().getTime() + CODE_MS)
      return code
    },
    create({ grant_type, code, shop_id }) {
      if (grant_type === 'authorization_self')
        return textOf(shop_id) === shop.shopId
          ? given()
          : refused('no-authorization', '店铺没有授权给这个应用')
      if (grant_type !== 'authorization_code') return refused('grant-type-invalid', 'grant_type 不正确')
      const endsAt = codes.get(textOf(code))
      codes.delete(textOf(code))
      if (endsAt === undefined) return refused('code-invalid', 'code 不存在或已使用')
      return endsAt > clock().getTime() ? given() : refused('code-expired', 'code 已过期')
    },
    refresh({ grant_type, refresh_token }) {
      if (grant_type !== 'refresh_token') return refused('grant-type-invalid', 'grant_type 不正确')
      if (textOf(refresh_token) !== current.refresh) return refused('token-invalid', 'refresh_token 不存在')
      return current.refreshEndsAt > clock().getTime()
        ? given()
        : refused('token-expired', 'refresh_token 已过期')
    },
    check(accessToken) {
      if (accessToken === '')
        return refusal(40001, '缺少必选参数', 'isv.access-token-missing', '缺少 access_token')
      if (accessToken !== current.access)
        return badToken('no-existed', 'access_token不存在，请使用最新的access_token访问')
      return current.endsAt > clock().getTime() ? undefined : badToken('expired', 'access_token已过期')
    },
    expire() {
      current.endsAt = clock().getTime()
    },
  }
}
