import type { ErrcodeReply } from '../kit/errcode.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { Token } from '../kit/token.ts'
import { gatewayOf, type WechatContext } from './access.ts'
import { tokenFaultOf } from './faults.ts'

/**
 * Within its last five minutes the platform gives the next token, and both are good for five more; asked
 * earlier it repeats the one it gave (`/cgi-bin/stable_token`, normal mode).
 */
export const RENEW_EARLY_MS = 4 * 60_000

interface TokenReply extends ErrcodeReply {
  readonly access_token?: string
  /** Seconds. */
  readonly expires_in?: number
}

/**
 * Gets the token by AppID and AppSecret alone. The `stable_token` kind leaves the tokens of other programs of
 * this shop valid, which the older `/cgi-bin/token` does not.
 * @param refused a token the platform no longer takes although it may still hand it out
 * @throws ConnectorError
 */
export async function obtainToken(context: WechatContext, refused: string | undefined): Promise<Token> {
  const given = await askToken(context, false)
  return given.accessToken === refused ? askToken(context, true) : given
}

async function askToken(context: WechatContext, isForced: boolean): Promise<Token> {
  const { appId, appSecret } = context.credentials
  const answer = await context.http.send(
    () => ({
      url: `${gatewayOf(context.settings)}/cgi-bin/stable_token`,
      json: {
        grant_type: 'client_credential',
        appid: appId,
        secret: appSecret,
        force_refresh: isForced,
      },
      secrets: [appSecret],
    }),
    { effect: 'read', fault: tokenFaultOf },
  )
  const { access_token, expires_in } = answer.json() as TokenReply
  if (!access_token || !expires_in) throw new ConnectorError({ class: 'unreadable', said: 'no access_token' })
  return { accessToken: access_token, expiresAt: new Date(context.now().getTime() + expires_in * 1_000) }
}
