import { type Fields, isFields } from '../kit/said.ts'
import { withToken } from '../kit/token.ts'
import { aopFault } from './faults.ts'
import { type Context1688, GATEWAY } from './settings.ts'
import { signAop } from './sign.ts'
import { refresh } from './token.ts'

/** An API and what it is told: objects are sent as compact JSON, entries without a value are left out. */
export interface AopCall {
  readonly api: string
  readonly namespace?: string
  readonly params: Readonly<Record<string, unknown>>
  readonly effect: 'read' | 'write'
  readonly timeoutMs?: number
}

/** Calls an API for the authorised buyer. @returns the whole answer @throws ConnectorError */
export async function callAop(context: Context1688, call: AopCall): Promise<Fields> {
  return withToken(context, { refresh: refresh(context) }, ({ accessToken }) =>
    send(context, call, accessToken),
  )
}

async function send(context: Context1688, call: AopCall, accessToken: string): Promise<Fields> {
  const { settings, credentials, http } = context
  const { api, namespace = 'com.alibaba.trade', params, effect, timeoutMs } = call
  const path = `param2/1/${namespace}/${api}/${credentials.appKey}`
  let body: Fields = {}
  await http.send(
    () => {
      const form: Record<string, string> = { access_token: accessToken }
      for (const [name, value] of Object.entries(params))
        if (value !== undefined)
          form[name] = typeof value === 'object' ? JSON.stringify(value) : String(value)
      form._aop_signature = signAop(path, form, credentials.appSecret)
      return {
        url: `${settings.gateway ?? GATEWAY}/${path}`,
        form,
        secrets: [accessToken, credentials.appSecret, form._aop_signature],
        ...(timeoutMs && { timeoutMs }),
      }
    },
    {
      effect,
      fault(answer) {
        // Behind the gateway something broke: what it says is no JSON.
        if (answer.status >= 500 && !answer.text.startsWith('{')) return undefined
        const said = answer.json()
        if (isFields(said)) body = said
        return aopFault(said, answer.status)
      },
    },
  )
  return body
}
