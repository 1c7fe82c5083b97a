import { withToken } from '../kit/token.ts'
import { type Call, callSigned, type DouyinContext } from './client.ts'
import type { Row } from './read.ts'
import { tokenWays } from './token.ts'

/**
 * Calls the platform with the token of the shop, renewed where it must be.
 * @returns `data` of the answer
 * @throws ConnectorError
 */
export function callShop(context: DouyinContext, call: Call): Promise<Row> {
  return withToken(context, tokenWays(context), ({ accessToken }) => callSigned(context, call, accessToken))
}
