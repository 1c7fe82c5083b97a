import { withToken } from '../kit/token.ts'
import { type Answer, type Params, sendPinduoduo } from './gateway.ts'
import type { PinduoduoContext } from './settings.ts'
import { refreshToken } from './token.ts'

/**
 * Calls an interface of Pinduoduo for the shop that authorised us.
 * @returns the answer without its root
 * @throws ConnectorError
 */
export function callPinduoduo(
  context: PinduoduoContext,
  type: string,
  params: Params,
  effect: 'read' | 'write' = 'read',
): Promise<Answer> {
  return withToken(context, { refresh: token => refreshToken(context, token) }, token =>
    sendPinduoduo(context, type, { ...params, access_token: token.accessToken }, effect),
  )
}
