import type { Fault, FaultClass } from '../kit/fault.ts'

/** `returnCode` of queries and subscriptions, from Kuaidi100's error tables. 600 is known from use alone. */
const CODES: Readonly<Record<string, FaultClass>> = {
  '400': 'request',
  '408': 'business',
  '500': 'business',
  '501': 'platform',
  '502': 'throttled',
  '503': 'credentials',
  '600': 'permission',
  '601': 'permission',
}

export function kuaidi100Fault(code: string, said: string): Fault {
  return { class: CODES[code] ?? 'business', code, said }
}

/** Nothing is known of the number, so far. */
export const NO_RESULT = '500'
/** The number, its carrier or its phone are not accepted: the parcel cannot be followed as it stands. */
export const REFUSED_NUMBER: ReadonlySet<string> = new Set(['400', '408'])
/** Of a subscription: it exists, which is what was asked for. */
export const SUBSCRIBED_ALREADY = '501'
