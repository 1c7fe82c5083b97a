import { errcodeFault } from '../kit/errcode.ts'
import type { Fault, FaultClass } from '../kit/fault.ts'
import type { HttpAnswer } from '../kit/http.ts'

/** Too many messages in this minute. */
export const MINUTE_QUOTA = '45009'
/** The uploaded file is over or belongs to another robot. */
export const MEDIA_GONE = '40007'

// Global error codes of WeCom (developer.work.weixin.qq.com/document/path/90313), as far as robots meet them.
const CLASSES: Readonly<Record<string, FaultClass>> = {
  '-1': 'platform',
  40004: 'request',
  40006: 'request',
  [MEDIA_GONE]: 'request',
  40008: 'request',
  40009: 'request',
  40058: 'request',
  41006: 'request',
  44001: 'request',
  44004: 'request',
  45001: 'request',
  45002: 'request',
  45008: 'request',
  [MINUTE_QUOTA]: 'throttled',
  45033: 'throttled',
  48002: 'permission',
  60020: 'permission',
  93000: 'credentials',
}

const BUSY = '-1'
/** The quota is counted by the minute: beyond it, to be sure. */
const MINUTE_REST_MS = 61_000

/** What an answer means; undefined for success, and for what is no answer of the platform's own. */
export const faultOf = (answer: HttpAnswer): Fault | undefined =>
  errcodeFault(answer, CLASSES, {
    [BUSY]: { done: 'no' },
    [MINUTE_QUOTA]: { retryAfterMs: MINUTE_REST_MS },
  })
