import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { recordOf, textOf } from '../kit/said.ts'
import type { Token } from '../kit/token.ts'
import { jdFault } from './faults.ts'
import { type JdContext, REFRESH_URL, TOKEN_URL } from './settings.ts'

/** Turns the code of the authorisation page into a token. @throws ConnectorError */
export function tokenByCode(context: JdContext, code: string): Promise<Token> {
  const query = { grant_type: 'authorization_code', code }
  return askForToken(context, context.settings.tokenUrl ?? TOKEN_URL, query)
}

/** The next token. @throws ConnectorError; class `authorization` when the refresh token is no longer good */
export async function refreshToken(context: JdContext, { refreshToken = '' }: Token): Promise<Token> {
  const query = { grant_type: 'refresh_token', refresh_token: refreshToken }
  try {
    return await askForToken(context, context.settings.refreshUrl ?? REFRESH_URL, query)
  } catch (error) {
    // What a dead refresh token is answered with is not documented.
    if (!(error instanceof ConnectorError) || !REFUSED.has(error.fault.class)) throw error
    throw new ConnectorError({ ...error.fault, class: 'authorization' }, { cause: error })
  }
}

const REFUSED: ReadonlySet<string> = new Set(['token', 'business', 'request'])

async function askForToken(
  { http, credentials, now }: JdContext,
  url: string,
  query: Readonly<Record<string, string>>,
): Promise<Token> {
  const answer = await http.send(
    () => ({
      url,
      query: { app_key: credentials.appKey, app_secret: credentials.appSecret, ...query },
      secrets: Object.values(query),
    }),
    { effect: 'write', fault: faultOf },
  )
  const said = recordOf(answer.json())
  const refreshToken = textOf(said.refresh_token)
  return {
    accessToken: textOf(said.access_token),
    expiresAt: new Date(now().getTime() + Number(textOf(said.expires_in)) * 1_000),
    ...(refreshToken !== '' && { refreshToken }),
    facts: { openId: textOf(said.open_id) },
  }
}

/** Refusals of the address that gives tokens have a form of their own, with one status or another. */
function faultOf(answer: HttpAnswer): Fault | undefined {
  if (answer.status >= 500 || answer.status === 429) return undefined
  const said = recordOf(answer.json())
  if (textOf(said.access_token) !== '' && Number(textOf(said.expires_in)) > 0) return undefined
  const refusal = recordOf(said.error_response ?? said)
  const texts = [refusal.msg, refusal.zh_desc, refusal.error_description, refusal.error].map(textOf)
  return jdFault(textOf(refusal.code), texts.find(text => text !== '') ?? answer.text.slice(0, 80))
}
