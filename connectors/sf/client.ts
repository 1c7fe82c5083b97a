import { randomUUID } from 'node:crypto'
import { parseJson } from '../../server/intake/json.ts'
import type { ConnectorContext } from '../connector.ts'
import { ConnectorError, type Fault } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { recordOf, textOf } from '../kit/said.ts'
import { type Token, withToken } from '../kit/token.ts'
import { gatewayFault, serviceFault } from './faults.ts'
import { GATEWAY, type SfCredentials, type SfSettings } from './settings.ts'
import { msgDigest } from './sign.ts'
import { obtainToken } from './token.ts'

export type SfContext = ConnectorContext<SfSettings, SfCredentials>

/**
 * Calls a service of the SF open platform.
 * @returns `msgData` of its answer
 * @throws ConnectorError; codes of the service stand in `fault.code`
 */
export async function callSf(
  context: SfContext,
  serviceCode: string,
  message: object,
  effect: 'read' | 'write',
): Promise<Readonly<Record<string, unknown>>> {
  if (context.settings.auth !== 'token') return send(context, serviceCode, message, effect)
  let tries = 0
  return withToken(context, { obtain: () => obtainToken(context) }, async token => {
    tries++
    try {
      return await send(context, serviceCode, message, effect, token)
    } catch (error) {
      // A fresh token refused as well: the keys it is got by are wrong.
      const isLast = tries > 1 && error instanceof ConnectorError && error.fault.class === 'token'
      throw isLast ? new ConnectorError({ ...error.fault, class: 'credentials' }, { cause: error }) : error
    }
  })
}

async function send(
  { http, settings, credentials, now }: SfContext,
  serviceCode: string,
  message: object,
  effect: 'read' | 'write',
  token?: Token,
): Promise<Readonly<Record<string, unknown>>> {
  const msgData = JSON.stringify(message)
  const answer = await http.send(
    () => {
      const timestamp = String(now().getTime())
      const proof: Readonly<Record<string, string>> = token
        ? { accessToken: token.accessToken }
        : { msgDigest: msgDigest(msgData, timestamp, credentials.checkWord) }
      return {
        method: 'POST',
        url: settings.gateway ?? GATEWAY,
        form: {
          partnerID: credentials.partnerId,
          requestID: randomUUID(),
          serviceCode,
          timestamp,
          ...proof,
          msgData,
        },
        secrets: Object.values(proof),
      }
    },
    { effect, fault: said => faultOf(said, token !== undefined) },
  )
  return recordOf(innerOf(answer).msgData)
}

/** The answer of the service is JSON text within the JSON of the gateway; some answers carry it as an object. */
function innerOf(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  const { apiResultData } = recordOf(answer.json())
  if (typeof apiResultData !== 'string') return recordOf(apiResultData)
  try {
    return recordOf(parseJson(apiResultData))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ConnectorError({ class: 'unreadable', said: apiResultData.slice(0, 80) }, { cause: error })
  }
}

function faultOf(answer: HttpAnswer, byToken: boolean): Fault | undefined {
  if (answer.status !== 200) return undefined
  const outer = recordOf(answer.json())
  const code = textOf(outer.apiResultCode)
  if (code === '') return { class: 'unreadable', said: answer.text.slice(0, 80) }
  const refused = gatewayFault(code, textOf(outer.apiErrorMsg))
  // A token that is no longer good is told by one of these two; which of them is not documented.
  if (refused && byToken && (code === 'A1006' || code === 'A1011')) return { ...refused, class: 'token' }
  if (refused) return refused
  const inner = innerOf(answer)
  if (inner.errorCode === undefined && inner.success === true) return undefined
  return serviceFault(textOf(inner.errorCode), textOf(inner.errorMsg))
}
