import { ConnectorError } from '../kit/fault.ts'
import { type Fields, numberOf, textOf } from '../kit/said.ts'
import type { Token, TokenWays } from '../kit/token.ts'
import type { Param } from './canonical.ts'
import { callSigned, type DouyinContext } from './client.ts'

/** `refresh_token`s live for 14 days. */
const REFRESH_MS = 14 * 86_400_000
/** Before the last hour of a token, refreshing it gives the same one back. */
const EARLY_MS = 30 * 60_000

/** How the shop's token is got and renewed: an app of the shop itself needs nobody to sign in. */
export function tokenWays(context: DouyinContext): TokenWays {
  const { settings } = context
  return {
    earlyMs: EARLY_MS,
    refresh: token => refreshed(context, token),
    ...((settings.grant ?? 'self') === 'self' && { obtain: () => selfToken(context) }),
  }
}

/** Turns the code of a sign-in into a token: good once, for ten minutes. @throws ConnectorError */
export function tokenOfCode(context: DouyinContext, code: string): Promise<Token> {
  return created(context, 'token.create', { code, grant_type: 'authorization_code' })
}

function selfToken(context: DouyinContext): Promise<Token> {
  const { shopId } = context.settings
  if (shopId === undefined) throw new ConnectorError({ class: 'request', said: '没有填写店铺 ID' })
  return created(context, 'token.create', { code: '', grant_type: 'authorization_self', shop_id: shopId })
}

async function refreshed(context: DouyinContext, known: Token): Promise<Token> {
  const token = await created(context, 'token.refresh', {
    refresh_token: known.refreshToken ?? '',
    grant_type: 'refresh_token',
  })
  // The platform holds it to be good: it has no other to give.
  if (token.accessToken === known.accessToken)
    throw new ConnectorError({ class: 'token', said: '续期得到的还是同一个令牌' })
  return token
}

async function created(
  context: DouyinContext,
  method: string,
  params: Readonly<Record<string, Param>>,
): Promise<Token> {
  // A code is good once. The rest may be asked again whatever happened: a token that is good is given again.
  const effect = params.grant_type === 'authorization_code' ? 'write' : 'read'
  return tokenOf(await callSigned(context, { method, params, effect }), context.now())
}

function tokenOf(data: Fields, now: Date): Token {
  const accessToken = textOf(data.access_token)
  const seconds = numberOf(data.expires_in)
  if (accessToken === '' || seconds <= 0)
    throw new ConnectorError({ class: 'unreadable', said: '没有 access_token 或 expires_in' })
  const refreshToken = textOf(data.refresh_token)
  return {
    accessToken,
    expiresAt: new Date(now.getTime() + seconds * 1_000),
    ...(refreshToken !== '' && {
      refreshToken,
      refreshExpiresAt: new Date(now.getTime() + REFRESH_MS),
    }),
    facts: { shopId: textOf(data.shop_id), shopName: textOf(data.shop_name) },
  }
}
