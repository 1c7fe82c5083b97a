import type { Fault, FaultClass } from '../kit/fault.ts'

/** The body of `error_response`. */
export interface TopError {
  readonly code?: number | string
  readonly msg?: string
  readonly sub_code?: string
  readonly sub_msg?: string
}

/** Codes of the gateway itself; 15 stands for every failure behind it. Source: "错误码" of open.taobao.com. */
const CODES: Readonly<Record<string, FaultClass>> = {
  4: 'throttled',
  5: 'throttled',
  6: 'throttled',
  7: 'throttled',
  8: 'throttled',
  9: 'request',
  10: 'platform',
  11: 'permission',
  12: 'permission',
  13: 'permission',
  15: 'business',
  21: 'request',
  22: 'request',
  23: 'request',
  24: 'credentials',
  25: 'credentials',
  26: 'token',
  27: 'token',
  28: 'credentials',
  29: 'credentials',
  30: 'clock',
  31: 'clock',
  32: 'request',
  33: 'request',
  34: 'request',
  40: 'request',
  41: 'request',
  42: 'permission',
  43: 'request',
}

/** What a sub code begins with says more than the code, whichever that is. */
const SUB_CODES: readonly (readonly [string, FaultClass])[] = [
  ['accesscontrol.limited', 'throttled'],
  ['invalid-sessionkey', 'token'],
  ['isv.permission-', 'permission'],
  ['isp.', 'platform'],
]

const BAN = /(\d+)\s*(?:more\s+)?seconds?/i

/** What an error of the gateway means. Codes it does not document are refusals of the business behind it. */
export function topFault({ code = '', msg = '', sub_code, sub_msg }: TopError): Fault {
  const bySub = SUB_CODES.find(([start]) => sub_code?.startsWith(start))?.[1]
  const kind = bySub ?? CODES[String(code)] ?? 'business'
  const said = sub_msg || msg
  const fault: Fault = { class: kind, code: sub_code || String(code), said }
  const ban = kind === 'throttled' ? BAN.exec(said)?.[1] : undefined
  return ban ? { ...fault, retryAfterMs: Number(ban) * 1_000 } : fault
}

/** An order or a refund the platform does not know: `isv.trade-not-exist`. */
export const isUnknownThing = ({ class: kind, code = '' }: Fault): boolean =>
  kind === 'business' && code.endsWith('-not-exist')
