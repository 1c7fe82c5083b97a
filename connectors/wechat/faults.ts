import { errcodeFault } from '../kit/errcode.ts'
import type { Fault, FaultClass } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'

/** The order asked for does not exist. */
export const NO_SUCH_ORDER = '100002'

// Common codes and those in the tables of each method's page (developers.weixin.qq.com/doc/store).
const CLASSES: Readonly<Record<string, FaultClass>> = {
  '-1': 'platform',
  40001: 'token',
  40014: 'token',
  41001: 'token',
  42001: 'token',
  40013: 'credentials',
  40125: 'credentials',
  40097: 'request',
  43001: 'request',
  43002: 'request',
  44002: 'request',
  47001: 'request',
  45009: 'throttled',
  45011: 'throttled',
  40164: 'permission',
  48001: 'permission',
  50002: 'permission',
  61004: 'permission',
  10080000: 'permission',
  10080001: 'permission',
  [NO_SUCH_ORDER]: 'business',
  // The order is being changed by somebody else at this moment.
  100003: 'throttled',
  // Shipping: wrong state, failed, shipped already, in after-sale, bound to a certain service provider.
  101100: 'business',
  108009: 'business',
  109000: 'business',
  109001: 'business',
  606034: 'permission',
  // Lists of after-sales: the span is too long.
  10020004: 'request',
  // Stock.
  10020050: 'permission',
  10020051: 'request',
  10020052: 'business',
  10020054: 'platform',
  10020055: 'request',
  10020112: 'throttled',
  10020217: 'business',
  10020218: 'business',
  10020219: 'business',
  10020289: 'business',
}

// 45011 counts by the minute; 45009 by the day as a rule, where waiting a little is no use either way.
const MINUTE_QUOTA = '45011'
const MINUTE_QUOTA_REST_MS = 20_000

/** What an answer means; undefined where it is what was asked for, or none of the platform's own. */
export const faultOf = (answer: HttpAnswer): Fault | undefined =>
  errcodeFault(answer, CLASSES, { [MINUTE_QUOTA]: { retryAfterMs: MINUTE_QUOTA_REST_MS } })

/** The same for the call that gets a token: what is wrong with it there are the AppID and the AppSecret. */
export function tokenFaultOf(answer: HttpAnswer): Fault | undefined {
  const fault = faultOf(answer)
  return fault?.class === 'token' ? { ...fault, class: 'credentials' } : fault
}
