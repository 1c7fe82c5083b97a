import type { Fault, FaultClass } from '../kit/fault.ts'
import { type Fields, isFields, rowsOf, textAt } from '../kit/said.ts'

/** Refusals of the gateway itself. Source: "错误码" of open.1688.com. */
const GATEWAY: Readonly<Record<string, FaultClass>> = {
  'gw.SignatureInvalid': 'credentials',
  'gw.QosAppFrequencyLimit': 'throttled',
  'gw.APIUnsupported': 'request',
  'gw.APIACLDecline': 'permission',
  'gw.ParamMissing': 'request',
  '401': 'token',
}

/** `{ error_code, error_message, exception }`, with a status of 4xx or 5xx. */
function gatewayFault(body: Fields, status: number): Fault | undefined {
  const code = textAt(body, 'error_code')
  if (code === undefined) return undefined
  const said = textAt(body, 'error_message') ?? textAt(body, 'exception') ?? ''
  const known = GATEWAY[code] ?? (said.includes('need user authorized') ? 'token' : undefined)
  return { class: known ?? (status >= 500 ? 'platform' : 'request'), code, said }
}

/** `{ success: false, … }`: names of code and text vary from API to API. */
function businessFault(body: Fields): Fault | undefined {
  const code = textAt(body, 'errorCode') ?? textAt(body, 'code')
  const isRefused = body.success === false || body.success === 'false'
  // Some answers tell an error and no success at all.
  if (!isRefused && (body.success !== undefined || textAt(body, 'errorCode') === undefined)) return undefined
  const said = ['errorMessage', 'errorMsg', 'message'].flatMap(name => textAt(body, name) ?? []).slice(0, 1)
  const result = isFields(body.result) ? body.result : body
  return { class: 'business', code, said: [...said, ...failedOffers(result)].join('；') }
}

/** The goods that could not be had, each with the reason: `612345678901：库存不足`. */
export const failedOffers = (result: Fields): readonly string[] =>
  rowsOf(result.failedOfferList).map(
    offer =>
      `${textAt(offer, 'offerId') ?? ''}：${textAt(offer, 'errorMessage') ?? textAt(offer, 'errorCode') ?? ''}`,
  )

/** What an answer of the gateway means, where it is a failure. */
export function aopFault(body: unknown, status: number): Fault | undefined {
  if (!isFields(body)) return { class: 'unreadable' }
  return gatewayFault(body, status) ?? (status < 300 ? businessFault(body) : undefined)
}
