import type { Fields } from '../kit/said.ts'
import { withToken } from '../kit/token.ts'
import { type Call, callSigned, type DouyinContext } from './client.ts'
import { tokenWays } from './token.ts'

/**
 * Calls the platform with the token of the shop, renewed where it must be.
 * @returns `data` of the answer
 * @throws ConnectorError
 */
export function callShop(context: DouyinContext, call: Call): Promise<Fields> {
  return withToken(context, tokenWays(context), ({ accessToken }) => callSigned(context, call, accessToken))
}
