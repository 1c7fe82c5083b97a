import type { Fault, FaultClass } from '../kit/fault.ts'

/** The one code that clients of JD agree on. */
const TOKEN_INVALID = '19'

/**
 * JD publishes no table of its codes outside its console, so refusals are known by their words, Chinese and
 * English; the first that fits decides.
 */
const WORDS: readonly (readonly [RegExp, FaultClass])[] = [
  [/access_?token|令牌|授权.{0,4}(过期|失效|无效)/i, 'token'],
  [/时间戳|timestamp/i, 'clock'],
  [/签名|signature|invalid sign|app_?key|app_?secret/i, 'credentials'],
  [/限流|频率|频繁|调用次数|limit/i, 'throttled'],
  [/权限|permission|白名单|whitelist/i, 'permission'],
  [/不可用|系统(异常|错误|繁忙)|服务(异常|错误)|超时|unavailable|busy|timed? ?out/i, 'platform'],
  [/参数|param|method|方法/i, 'request'],
]

/** What a refusal of JD means; where nothing tells, it is a refusal by its own rules. */
export function jdFault(code: string, said: string): Fault {
  if (code === TOKEN_INVALID) return { class: 'token', code, said }
  return { class: WORDS.find(([words]) => words.test(said))?.[1] ?? 'business', code, said }
}
