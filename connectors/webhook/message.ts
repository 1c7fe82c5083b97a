import type { ConnectorContext } from '../connector.ts'
import type { Action, ActionAnswer, ActionBodies } from '../kit/action.ts'
import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import type { WebhookCredentials, WebhookSettings } from './settings.ts'
import { webhookSignature } from './sign.ts'

export type WebhookContext = ConnectorContext<WebhookSettings, WebhookCredentials>

/** Posts a message as JSON. The receiver knows a repeated one by its `key`. */
export const message: Action<ActionBodies['message'], WebhookSettings, WebhookCredentials> = {
  isRepeatable: true,
  perform: ({ key, body }, context) => post(context, { key, ...body }),
}

/** Signs and sends a JSON object, anew for each try. @throws ConnectorError */
export async function post(
  { http, settings, credentials, now }: WebhookContext,
  content: Readonly<Record<string, unknown>>,
): Promise<ActionAnswer> {
  const { url } = settings
  if (url === undefined) throw new ConnectorError({ class: 'request', said: '这个连接没有填写消息地址' })
  const body = JSON.stringify(content)
  const { status } = await http.send(
    () => {
      const timestamp = String(unixSeconds(now()))
      return {
        url,
        headers: {
          'x-orderloom-timestamp': timestamp,
          'x-orderloom-signature': webhookSignature(credentials.secret, body, timestamp),
        },
        text: { contentType: 'application/json;charset=utf-8', body },
        secrets: [credentials.secret],
      }
    },
    { effect: 'write', fault: refused },
  )
  return { status }
}

/** Who refuses the signature does so with 401 or 403. */
function refused({ status, text }: HttpAnswer): Fault | undefined {
  if (status !== 401 && status !== 403) return undefined
  return { class: 'credentials', code: `HTTP ${status}`, said: text.slice(0, 200) }
}
