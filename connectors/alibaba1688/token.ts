import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { type Fields, isFields, textAt } from '../kit/said.ts'
import type { Token } from '../kit/token.ts'
import { fromAopTime } from './aop-time.ts'
import { AUTH_HOST, type Context1688, GATEWAY } from './settings.ts'

/** Where the owner of the buyer's account lets us in. Source: "用户授权" of open.1688.com. */
export function authorizeUrl(
  { settings, credentials }: Pick<Context1688, 'settings' | 'credentials'>,
  redirectUri: string,
  state: string,
): string {
  const url = new URL(`${settings.authHost ?? AUTH_HOST}/oauth/authorize`)
  url.search = new URLSearchParams({
    client_id: credentials.appKey,
    site: '1688',
    redirect_uri: redirectUri,
    state,
  }).toString()
  return url.toString()
}

/** Turns the code of a sign-in into a token. @throws ConnectorError */
export async function exchange(context: Context1688, code: string, redirectUri: string): Promise<Token> {
  const said = await tokenFor(context, 'http', {
    grant_type: 'authorization_code',
    need_refresh_token: 'true',
    redirect_uri: redirectUri,
    code,
  })
  return readToken(said, context.now())
}

/** The next access token; the refresh token stays as it is for half a year, and so is kept. */
export const refresh =
  (context: Context1688) =>
  async (known: Token): Promise<Token> => {
    const said = await tokenFor(context, 'param2', {
      grant_type: 'refresh_token',
      refresh_token: known.refreshToken ?? '',
    })
    const { refreshToken, refreshExpiresAt, facts } = known
    const next = readToken(said, context.now())
    return {
      ...(refreshToken && { refreshToken }),
      ...(refreshExpiresAt && { refreshExpiresAt }),
      ...next,
      facts: { ...facts, ...next.facts },
    }
  }

async function tokenFor(
  { settings, credentials, http }: Context1688,
  protocol: 'http' | 'param2',
  grant: Readonly<Record<string, string>>,
): Promise<Fields> {
  const answer = await http.send(
    () => ({
      url: `${settings.gateway ?? GATEWAY}/${protocol}/1/system.oauth2/getToken/${credentials.appKey}`,
      form: { ...grant, client_id: credentials.appKey, client_secret: credentials.appSecret },
      secrets: [credentials.appSecret, grant.code ?? '', grant.refresh_token ?? ''],
    }),
    // The same refresh token may be used again, whatever became of the call before.
    { effect: grant.code ? 'write' : 'read', fault: oauthFault },
  )
  const said = answer.json()
  return isFields(said) ? said : {}
}

/** `{ error, error_description }`, or the gateway's own words. */
function oauthFault(answer: HttpAnswer): Fault | undefined {
  if (answer.status >= 500) return undefined
  const body = answer.json()
  if (!isFields(body)) return { class: 'unreadable' }
  const code = textAt(body, 'error') ?? textAt(body, 'error_code')
  if (code === undefined) return undefined
  if (code === 'gw.QosAppFrequencyLimit') return { class: 'throttled', code }
  const isApp = code === 'invalid_client' || code === 'unauthorized_client' || code === 'gw.SignatureInvalid'
  const said = textAt(body, 'error_description') ?? textAt(body, 'error_message') ?? ''
  return { class: isApp ? 'credentials' : 'authorization', code, said }
}

function readToken(said: Fields, now: Date): Token {
  const accessToken = textAt(said, 'access_token')
  const seconds = Number(said.expires_in)
  if (!accessToken || !Number.isFinite(seconds))
    throw new ConnectorError({ class: 'unreadable', said: 'no access_token' })
  const refreshToken = textAt(said, 'refresh_token')
  const refreshExpiresAt = fromAopTime(said.refresh_token_timeout)
  const owner = textAt(said, 'resource_owner')
  return {
    accessToken,
    expiresAt: new Date(now.getTime() + seconds * 1_000),
    ...(refreshToken && { refreshToken }),
    ...(refreshExpiresAt && { refreshExpiresAt }),
    facts: { ...(owner && { owner }) },
  }
}
