import type { Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { pinduoduoFault } from './faults.ts'
import { GATEWAY, type PinduoduoContext } from './settings.ts'
import { pinduoduoSign } from './sign.ts'

export type Params = Readonly<Record<string, unknown>>
export type Answer = Readonly<Record<string, unknown>>

/**
 * Signs and sends a request; those for a shop carry its `access_token` among the parameters.
 * @param params objects and lists are sent as JSON text, what is undefined not at all
 * @returns the answer without its root
 * @throws ConnectorError
 */
export async function sendPinduoduo(
  { http, settings, credentials, now }: PinduoduoContext,
  type: string,
  params: Params,
  effect: 'read' | 'write',
): Promise<Answer> {
  const answer = await http.send(
    () => {
      const form: Record<string, string> = {
        type,
        client_id: credentials.clientId,
        timestamp: String(unixSeconds(now())),
        data_type: 'JSON',
        version: 'V1',
      }
      for (const [name, value] of Object.entries(params))
        if (value !== undefined)
          form[name] = typeof value === 'object' ? JSON.stringify(value) : String(value)
      const sign = pinduoduoSign(form, credentials.clientSecret)
      return {
        method: 'POST',
        url: settings.gateway ?? GATEWAY,
        form: { ...form, sign },
        secrets: [sign, form.access_token ?? '', form.refresh_token ?? '', form.code ?? ''],
      }
    },
    { effect, fault: faultOf },
  )
  return unwrapped(answer)
}

// Roots are named by no rule, one of them is misspelt by the platform, and some answers have none.
const ROOT = /_(response|resposne)$/

function unwrapped(answer: HttpAnswer): Answer {
  const body = recordOf(answer.json())
  const root = Object.keys(body).find(name => ROOT.test(name))
  return root === undefined ? body : recordOf(body[root])
}

function faultOf(answer: HttpAnswer): Fault | undefined {
  if (answer.status !== 200) return undefined
  const body = recordOf(answer.json())
  const refused = body.error_response === undefined ? unwrapped(answer) : recordOf(body.error_response)
  const code = textOf(refused.error_code)
  if (code !== '' && code !== '0')
    return pinduoduoFault(
      code,
      [textOf(refused.error_msg), textOf(refused.sub_msg)].filter(differs).join('；'),
    )
  if (Object.keys(body).length > 0 && body.error_response === undefined) return undefined
  return { class: 'unreadable', said: answer.text.slice(0, 80) }
}

/** Many refusals say the same twice. */
const differs = (said: string, index: number, all: readonly string[]) =>
  said !== '' && all.indexOf(said) === index
