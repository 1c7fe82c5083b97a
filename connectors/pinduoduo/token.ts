import { ConnectorError } from '../kit/fault.ts'
import { textOf } from '../kit/said.ts'
import type { Token } from '../kit/token.ts'
import { sendPinduoduo } from './gateway.ts'
import type { PinduoduoContext } from './settings.ts'

/** Turns the code of the authorisation page into a token: `pdd.pop.auth.token.create`. @throws ConnectorError */
export async function tokenByCode(context: PinduoduoContext, code: string): Promise<Token> {
  return tokenOf(await sendPinduoduo(context, 'pdd.pop.auth.token.create', { code }, 'write'), context.now())
}

/**
 * The next token: `pdd.pop.auth.token.refresh`.
 * @throws ConnectorError; class `authorization` when the refresh token itself is no longer good
 */
export async function refreshToken(context: PinduoduoContext, { refreshToken }: Token): Promise<Token> {
  const params = { refresh_token: refreshToken }
  try {
    return tokenOf(await sendPinduoduo(context, 'pdd.pop.auth.token.refresh', params, 'write'), context.now())
  } catch (error) {
    // Which code a dead refresh token is answered with is not documented.
    if (!(error instanceof ConnectorError) || !REFUSED.has(error.fault.class)) throw error
    throw new ConnectorError({ ...error.fault, class: 'authorization' }, { cause: error })
  }
}

const REFUSED: ReadonlySet<string> = new Set(['token', 'business', 'request'])

function tokenOf(answer: Readonly<Record<string, unknown>>, now: Date): Token {
  const accessToken = textOf(answer.access_token)
  const seconds = Number(textOf(answer.expires_in))
  if (accessToken === '' || !(seconds > 0)) throw new ConnectorError({ class: 'unreadable' })
  const refreshToken = textOf(answer.refresh_token)
  const refreshSeconds = Number(textOf(answer.refresh_token_expires_in))
  return {
    accessToken,
    expiresAt: later(now, seconds),
    ...(refreshToken !== '' && { refreshToken }),
    ...(refreshSeconds > 0 && { refreshExpiresAt: later(now, refreshSeconds) }),
    facts: { shopId: textOf(answer.owner_id), shopName: textOf(answer.owner_name) },
  }
}

const later = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1_000)
