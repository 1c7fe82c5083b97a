import type { ErrcodeReply } from '../kit/errcode.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { Calling } from '../kit/http.ts'
import { withToken } from '../kit/token.ts'
import { gatewayOf, type WechatContext } from './access.ts'
import { faultOf } from './faults.ts'
import { obtainToken, RENEW_EARLY_MS } from './token.ts'

interface WechatCall {
  /** Below `/channels/ec/`: `order/get`. */
  readonly path: string
  /** Sent as JSON; a call without one is a GET. */
  readonly body?: Readonly<Record<string, unknown>>
  readonly effect?: Calling['effect']
  /** What answers of this method mean, where it has words of its own. */
  readonly fault?: Calling['fault']
}

/**
 * Calls a method of the shop. The token stands in the address and there is no signature.
 * @returns the answer as documented for this method, every field of which may be missing
 * @throws ConnectorError
 */
export async function callShop<R extends object>(
  context: WechatContext,
  { path, body, effect = 'read', fault = faultOf }: WechatCall,
): Promise<Partial<R> & ErrcodeReply> {
  let refused: string | undefined
  const obtain = () => obtainToken(context, refused)
  return withToken(context, { obtain, earlyMs: RENEW_EARLY_MS }, async ({ accessToken }) => {
    try {
      const answer = await context.http.send(
        () => ({
          url: `${gatewayOf(context.settings)}/channels/ec/${path}`,
          query: { access_token: accessToken },
          ...(body && { json: body }),
          secrets: [accessToken],
        }),
        { effect, fault },
      )
      return answer.json() as Partial<R> & ErrcodeReply
    } catch (error) {
      if (error instanceof ConnectorError && error.fault.class === 'token') refused = accessToken
      throw error
    }
  })
}
