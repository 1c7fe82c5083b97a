import type { Fault, FaultClass } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'
import { recordOf, textOf } from '../kit/said.ts'

/** Documented `sub_code`s; they say more than the code. */
const BY_SUB_CODE: Readonly<Record<string, FaultClass>> = {
  'isv.signature-invalid': 'credentials',
  'isv.signature-missing': 'credentials',
  'isv.app-id-invalid': 'credentials',
  'isv.app-id-missing': 'credentials',
  'isv.timestamp-invalid': 'clock',
  'isv.access-token-expired': 'token',
  'isv.access-token-no-existed': 'token',
  'isv.access-token-invalid': 'token',
  'isv.access-token-missing': 'token',
  'isv.app-permissions-insufficient': 'permission',
  'dop.app-forbidden': 'permission',
  'dop.authorization-no-existed': 'authorization',
  'dop.authorization-closed': 'authorization',
  'dop.token-generate-failed:code-expired': 'authorization',
  'dop.token-generate-failed:code-invalid': 'authorization',
  'dop.token-generate-failed:token-expired': 'authorization',
  'dop.token-generate-failed:token-invalid': 'authorization',
  'dop.token-generate-failed:no-authorization': 'authorization',
  'dop.token-generate-failed:app-secret-invalid': 'credentials',
  'dop.token-generate-failed:grant-type-invalid': 'request',
  'isv.traffic-limited': 'throttled',
  'isv.idempotent-id-existed': 'business',
}

const BY_CODE: Readonly<Record<string, FaultClass>> = {
  10001: 'business',
  20000: 'platform',
  20001: 'timeout',
  30001: 'permission',
  30002: 'permission',
  40001: 'request',
  40003: 'request',
  40004: 'request',
  50001: 'business',
  50002: 'business',
  60000: 'throttled',
  70000: 'permission',
  80000: 'permission',
  90000: 'platform',
}

const SUCCESS = '10000'
/** Some of a batch was done; each entry says of itself what became of it. */
const PARTLY = '10001'

/**
 * What an answer says went wrong; undefined where it succeeded or is none of the platform's own, so that its HTTP
 * status tells. Source: the platform's list of public return codes.
 * @param mayBePartial entries of the answer tell of their own success
 * @throws ConnectorError class `unreadable`
 */
export function faultOf(answer: HttpAnswer, mayBePartial: boolean): Fault | undefined {
  if (answer.status !== 200) return undefined
  const { code: said, msg, sub_code, sub_msg } = recordOf(answer.json())
  const code = textOf(said)
  if (code === SUCCESS || (mayBePartial && code === PARTLY)) return undefined
  if (code === '') return { class: 'unreadable', said: answer.text.slice(0, 80) }
  const subCode = textOf(sub_code)
  return {
    class: BY_SUB_CODE[subCode] ?? BY_CODE[code] ?? 'business',
    code: subCode === '' ? code : `${code} ${subCode}`,
    said: textOf(sub_msg) || textOf(msg),
  }
}
