import type { Fault, FaultClass } from '../kit/fault.ts'

/** Codes of the gateway (`apiResultCode`), from the error table of the SF open platform. A1000 is none. */
const GATEWAY: Readonly<Record<string, FaultClass>> = {
  A1001: 'request',
  A1002: 'clock',
  A1003: 'permission',
  A1004: 'permission',
  A1005: 'throttled',
  A1006: 'credentials',
  A1007: 'platform',
  A1008: 'platform',
  A1009: 'platform',
  A1010: 'permission',
  A1011: 'token',
  A1099: 'platform',
}

/** Codes of the services (`errorCode`). S0000 is none; those not listed are refusals by SF's own rules. */
const SERVICE: Readonly<Record<string, FaultClass>> = {
  S0001: 'request',
  S0002: 'request',
  S0003: 'platform',
  '8003': 'request',
}

/** What a code of the gateway means; undefined for success. */
export function gatewayFault(code: string, said: string): Fault | undefined {
  if (code === 'A1000') return undefined
  const known = GATEWAY[code]
  // What the gateway turned away did no work; only its own trouble may have come after it.
  return { class: known ?? 'platform', code, said, ...(known && known !== 'platform' && { done: 'no' }) }
}

/** What a code of a service means; undefined for success. */
export function serviceFault(code: string, said: string): Fault | undefined {
  return code === 'S0000' ? undefined : { class: SERVICE[code] ?? 'business', code, said }
}

/** The order id was used before: what was asked for exists. */
export const DUPLICATE_ORDER = '8016'
/** SF knows no order of this id. */
export const NO_SUCH_ORDER: ReadonlySet<string> = new Set(['8018', '8024'])
/** SF has nothing to tell. */
export const NO_DATA = '8013'
