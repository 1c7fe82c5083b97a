import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import type { Token } from '../kit/token.ts'
import { OAUTH_HOST, type TaobaoAccess, type TaobaoContext } from './settings.ts'

/** Where the owner of a shop lets us in. Source: "用户授权介绍" of open.taobao.com. */
export function authorizeUrl(
  { settings, credentials }: TaobaoAccess,
  redirectUri: string,
  state: string,
): string {
  const url = new URL(`${settings.oauthHost ?? OAUTH_HOST}/authorize`)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: credentials.appKey,
    redirect_uri: redirectUri,
    state,
    view: settings.isTmall ? 'tmall' : 'web',
  }).toString()
  return url.toString()
}

/** Turns the code of a sign-in into a token. @throws ConnectorError */
export const exchange = (context: TaobaoContext, code: string, redirectUri: string): Promise<Token> =>
  tokenFor(context, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }, code)

/** The next token by the one before; apps for one's own shop alone are refused that by the platform. */
export const refresh =
  (context: TaobaoContext) =>
  ({ refreshToken = '' }: Token): Promise<Token> =>
    tokenFor(context, { grant_type: 'refresh_token', refresh_token: refreshToken }, refreshToken)

async function tokenFor(
  context: TaobaoContext,
  grant: Readonly<Record<string, string>>,
  grantSecret: string,
): Promise<Token> {
  const { settings, credentials, http, now } = context
  const answer = await http.send(
    () => ({
      url: `${settings.oauthHost ?? OAUTH_HOST}/token`,
      form: { ...grant, client_id: credentials.appKey, client_secret: credentials.appSecret },
      secrets: [credentials.appSecret, grantSecret],
    }),
    { effect: 'write', fault: oauthFault },
  )
  return readToken(answer.json(), now)
}

/** `{ error, error_description }`, whatever the status. */
function oauthFault(answer: HttpAnswer): Fault | undefined {
  if (answer.status >= 500) return undefined
  const { error, error_description } = (answer.json() ?? {}) as OauthAnswer
  if (error === undefined) return undefined
  const isApp = error === 'invalid_client' || error === 'unauthorized_client'
  return { class: isApp ? 'credentials' : 'authorization', code: error, said: error_description ?? '' }
}

interface OauthAnswer {
  readonly error?: string
  readonly error_description?: string
  readonly access_token?: string
  readonly expires_in?: number | string
  readonly refresh_token?: string
  readonly re_expires_in?: number | string
  readonly taobao_user_nick?: string
  readonly taobao_user_id?: string | number
}

function readToken(body: unknown, now: TaobaoContext['now']): Token {
  const said = (body ?? {}) as OauthAnswer
  const seconds = Number(said.expires_in)
  if (!said.access_token || !Number.isFinite(seconds))
    throw new ConnectorError({ class: 'unreadable', said: 'no access_token' })
  const after = (lifeSeconds: number) => new Date(now().getTime() + lifeSeconds * 1_000)
  const refreshSeconds = Number(said.re_expires_in)
  // An app that may not refresh is given 0 seconds for it.
  const mayRefresh = said.refresh_token && said.re_expires_in !== undefined ? refreshSeconds > 0 : true
  return {
    accessToken: said.access_token,
    expiresAt: after(seconds),
    ...(said.refresh_token && mayRefresh && { refreshToken: said.refresh_token }),
    ...(refreshSeconds > 0 && { refreshExpiresAt: after(refreshSeconds) }),
    facts: {
      nick: new URLSearchParams(`nick=${said.taobao_user_nick ?? ''}`).get('nick') ?? '',
      userId: String(said.taobao_user_id ?? ''),
    },
  }
}
