import type { ConnectorContext } from '../connector.ts'
import { type Fields, recordOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { canonicalJson, type Param } from './canonical.ts'
import { faultOf } from './faults.ts'
import { type DouyinCredentials, type DouyinSettings, GATEWAY } from './settings.ts'
import { signCall } from './sign.ts'

export type DouyinContext = ConnectorContext<DouyinSettings, DouyinCredentials>

export interface Call {
  /** `order.searchList`; its path is `/order/searchList`. */
  readonly method: string
  readonly params: { readonly [name: string]: Param | undefined }
  readonly effect: 'read' | 'write'
  /** Entries of the answer tell of their own success. */
  readonly mayBePartial?: boolean
}

/** Signs and sends one call, anew for each try. @returns `data` of the answer. @throws ConnectorError */
export async function callSigned(
  { http, settings, credentials, now }: Pick<DouyinContext, 'http' | 'settings' | 'credentials' | 'now'>,
  { method, params, effect, mayBePartial = false }: Call,
  accessToken?: string,
): Promise<Fields> {
  const { appKey, appSecret } = credentials
  const paramJson = canonicalJson(params)
  const answer = await http.send(
    () => {
      const timestamp = String(unixSeconds(now()))
      return {
        url: `${settings.gateway ?? GATEWAY}/${method.replace('.', '/')}`,
        query: {
          method,
          app_key: appKey,
          timestamp,
          v: '2',
          sign_method: 'hmac-sha256',
          sign: signCall({ appKey, method, paramJson, timestamp }, appSecret),
          ...(accessToken !== undefined && { access_token: accessToken }),
        },
        headers: { 'x-open-no-old-err-code': '1' },
        text: { contentType: 'application/json;charset=utf-8', body: paramJson },
        secrets: [appSecret, ...(accessToken === undefined ? [] : [accessToken])],
      }
    },
    { effect, fault: said => faultOf(said, mayBePartial) },
  )
  return recordOf(recordOf(answer.json()).data)
}
