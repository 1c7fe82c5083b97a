import type { ConnectorContext } from '../connector.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { jdlFault } from './faults.ts'
import { GATEWAY, type JdlCredentials, type JdlSettings } from './settings.ts'
import { jdlSign } from './sign.ts'

export type JdlContext = ConnectorContext<JdlSettings, JdlCredentials>

/** Calls an interface of JD Logistics. @param parameters its body: a list, always @returns `data`; @throws ConnectorError */
export async function callJdl(
  { http, settings, credentials, now }: JdlContext,
  path: string,
  parameters: readonly object[],
): Promise<unknown> {
  const body = JSON.stringify(parameters)
  const { appKey, appSecret, accessToken } = credentials
  const answer = await http.send(
    () => {
      const timestamp = shanghaiText(now())
      const lower = jdlSign({ secret: appSecret, accessToken, appKey, path, body, timestamp })
      const sign = settings.signCase === 'upper' ? lower.toUpperCase() : lower
      return {
        method: 'POST',
        url: `${settings.gateway ?? GATEWAY}${path}`,
        query: {
          'LOP-DN': 'ECAP',
          app_key: appKey,
          access_token: accessToken,
          timestamp,
          v: '2.0',
          algorithm: 'md5-salt',
          sign,
        },
        text: { contentType: 'application/json;charset=utf-8', body },
        secrets: [sign],
      }
    },
    {
      effect: 'read',
      fault(said) {
        if (said.status !== 200) return undefined
        const told = recordOf(said.json())
        const code = textOf(told.code)
        if (code === '') return { class: 'unreadable', said: said.text.slice(0, 80) }
        return code === '0' ? undefined : jdlFault(code, textOf(told.msg))
      },
    },
  )
  return recordOf(answer.json()).data
}
