import type { Fault, FaultClass } from './fault.ts'
import type { HttpAnswer } from './http.ts'

/** What stands in every answer beside what was asked for. */
export interface ErrcodeReply {
  readonly errcode?: number
  readonly errmsg?: string
}

/**
 * What an answer of Tencent's interfaces (WeChat, WeCom) means: HTTP 200 with an `errcode`, which is 0 for success.
 * @param classes by code; others are refusals of its own rules
 * @param more what is known of single codes beside their class
 * @returns undefined for success, and for what is no answer of the platform's own
 */
export function errcodeFault(
  answer: HttpAnswer,
  classes: Readonly<Record<string, FaultClass>>,
  more: Readonly<Record<string, Partial<Fault>>>,
): Fault | undefined {
  if (answer.status !== 200) return undefined
  const { errcode = 0, errmsg = '' } = answer.json() as ErrcodeReply
  if (errcode === 0) return undefined
  const code = String(errcode)
  return { class: classes[code] ?? 'business', code, said: errmsg, ...more[code] }
}
