import { withToken } from '../kit/token.ts'
import { type Answer, type Params, readJd } from './gateway.ts'
import type { JdContext } from './settings.ts'
import { refreshToken } from './token.ts'

/**
 * Asks JD for what belongs to the shop that authorised us.
 * @param result what the outcome is called in the answer
 * @throws ConnectorError
 */
export function callJd(context: JdContext, method: string, result: string, params: Params): Promise<Answer> {
  return withToken(context, { refresh: token => refreshToken(context, token) }, token =>
    readJd(context, token.accessToken, { method, result, params }),
  )
}
