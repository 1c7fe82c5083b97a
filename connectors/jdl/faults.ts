import type { Fault, FaultClass } from '../kit/fault.ts'

/** JD Logistics documents no table of error codes, so that a refusal is judged by its words. */
const WORDS: readonly (readonly [RegExp, FaultClass])[] = [
  [/sign|签名|app_?key|access_?token|令牌|授权/i, 'credentials'],
  [/timestamp|时间戳/i, 'clock'],
  [/limit|too many|限流|频繁|频率/i, 'throttled'],
  [/permission|权限|白名单/i, 'permission'],
  [/system|系统|服务异常|超时/i, 'platform'],
]

const NO_ROUTE = /无.*轨迹|没有.*轨迹|不存在|not (?:found|exist)|查询无/i

/** What an answer other than `code` 0 means. */
export function jdlFault(code: string, said: string): Fault {
  return { class: WORDS.find(([words]) => words.test(said))?.[1] ?? 'business', code, said }
}

/** Nothing is known of the number, so far. */
export const isNoRoute = ({ class: kind, said = '' }: Fault): boolean =>
  kind === 'business' && NO_ROUTE.test(said)
