import type { Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { jdFault } from './faults.ts'
import { GATEWAY, type JdContext } from './settings.ts'
import { jdParamJson, jdSign } from './sign.ts'

export type Params = Readonly<Record<string, unknown>>
export type Answer = Readonly<Record<string, unknown>>

/**
 * Signs and sends a request that only reads.
 * @param result what the outcome is called in the answer: `searchorderinfo_result`
 * @returns that outcome
 * @throws ConnectorError
 */
export async function readJd(
  { http, settings, credentials, now }: JdContext,
  accessToken: string,
  { method, result, params }: { readonly method: string; readonly result: string; readonly params: Params },
): Promise<Answer> {
  const answer = await http.send(
    () => {
      const time = shanghaiText(now())
      const form = {
        method,
        app_key: credentials.appKey,
        access_token: accessToken,
        timestamp: settings.timestampForm === 'zoned' ? `${time}.000+0800` : time,
        format: 'json',
        v: '2.0',
        '360buy_param_json': jdParamJson(params),
      }
      const sign = jdSign(form, credentials.appSecret)
      return {
        method: 'POST',
        url: settings.gateway ?? GATEWAY,
        form: { ...form, sign },
        secrets: [accessToken, sign],
      }
    },
    { effect: 'read', fault: said => faultOf(said, result) },
  )
  return outcomeOf(answer, result)
}

/** The root is the method's name, its dots as `_`, and `_responce`: so JD spells it; other spellings are read as well. */
const ROOT = /_respon[cs]e$/

const rootOf = (body: Answer): Answer => {
  const root = Object.keys(body).find(name => ROOT.test(name) && name !== 'error_response')
  return recordOf(root === undefined ? undefined : body[root])
}

const outcomeOf = (answer: HttpAnswer, result: string): Answer =>
  recordOf(rootOf(recordOf(answer.json()))[result])

/** A refusal may come from the gateway, from the interface, or from the shop system behind it. */
function faultOf(answer: HttpAnswer, result: string): Fault | undefined {
  if (answer.status !== 200) return undefined
  const body = recordOf(answer.json())
  if (body.error_response !== undefined) return told(recordOf(body.error_response))
  const root = rootOf(body)
  const code = textOf(root.code)
  if (code !== '' && code !== '0') return told(root)
  const outcome = recordOf(root[result])
  const verdict = recordOf(outcome.apiResult ?? outcome)
  if (String(verdict.success) === 'false') return told(verdict)
  return root[result] === undefined ? { class: 'unreadable', said: answer.text.slice(0, 80) } : undefined
}

const CODES = ['code', 'numberCode', 'errorCode'] as const
const TEXTS = ['zh_desc', 'chineseErrCode', 'errorMsg', 'errorMessage', 'en_desc', 'englishErrCode'] as const

function told(refusal: Answer): Fault {
  const code = CODES.map(name => textOf(refusal[name])).find(text => text !== '') ?? ''
  const texts = TEXTS.map(name => textOf(refusal[name])).filter(text => text !== '')
  return jdFault(code, [...new Set(texts)].join('；'))
}
