import { randomUUID } from 'node:crypto'
import { recordOf } from '../kit/said.ts'
import type { SimFaults } from '../simulators/faults.ts'
import { msgDigest } from './sign.ts'

export interface GateOptions {
  readonly partner: string
  readonly checkWord: string
  readonly clock: () => Date
  readonly faults: SimFaults
  readonly mayCall: () => boolean
}

/** What a service says: `msgData`, or why not. */
export type ServiceAnswer =
  | { readonly data: object }
  | { readonly errorCode: string; readonly errorMsg: string }

interface Opened {
  readonly serviceCode: string
  readonly message: unknown
}

const TOLERATED_SKEW_MS = 10 * 60_000
const TOKEN_LIFE_SECONDS = 7_200

/** The gateway of the simulated SF: who may call, in its own words. */
export function simGate({ partner, checkWord, clock, faults, mayCall }: GateOptions) {
  let token = { value: '', endsAt: 0 }
  let answers = 0

  const outer = (code: string, said: string, data: string | null) => ({
    apiErrorMsg: said,
    apiResponseID: `00018ADEMO${String(++answers).padStart(16, '0')}`,
    apiResultCode: code,
    apiResultData: data,
  })
  const refuse = (code: string, said: string) => outer(code, said, null)

  function open(body: string): Opened | { readonly refusal: object } {
    const form = new URLSearchParams(body)
    const said = (name: string) => form.get(name) ?? ''
    const refusal = refusalOf(said)
    if (refusal) return { refusal }
    try {
      return { serviceCode: said('serviceCode'), message: JSON.parse(said('msgData')) }
    } catch {
      return { refusal: answer({ errorCode: 'S0001', errorMsg: '非法的JSON格式' }) }
    }
  }

  function refusalOf(said: (name: string) => string): object | undefined {
    for (const name of ['partnerID', 'requestID', 'serviceCode', 'timestamp', 'msgData'])
      if (said(name) === '') return refuse('A1001', `必传参数不可为空: ${name}`)
    if (faults.take('throttle') || !mayCall()) return refuse('A1005', '流量受控')
    if (faults.take('clock-skew')) return refuse('A1002', '请求时效已过期')
    if (faults.take('wrong-signature')) return refuse('A1006', '数字签名无效')
    if (faults.take('expire-token')) token = { value: '', endsAt: 0 }
    if (Math.abs(Number(said('timestamp')) - clock().getTime()) > TOLERATED_SKEW_MS)
      return refuse('A1002', '请求时效已过期')
    if (said('partnerID') !== partner) return refuse('A1004', '无对应服务权限')
    if (said('accessToken') !== '') {
      const isGood = said('accessToken') === token.value && clock().getTime() < token.endsAt
      return isGood ? undefined : refuse('A1011', 'OAuth2认证失败')
    }
    const wanted = msgDigest(said('msgData'), said('timestamp'), checkWord)
    return said('msgDigest') === wanted ? undefined : refuse('A1006', '数字签名无效')
  }

  function answer(told: ServiceAnswer): object {
    const inner =
      'data' in told
        ? { success: true, errorCode: 'S0000', errorMsg: null, msgData: told.data }
        : { success: false, ...told, msgData: null }
    return outer('A1000', '', JSON.stringify(inner))
  }

  return {
    open,
    answer,
    refuse,
    token(body: string): object {
      const { partnerID, secret, grantType } = recordOf(Object.fromEntries(new URLSearchParams(body)))
      if (partnerID !== partner || secret !== checkWord || grantType !== 'password')
        return refuse('A1006', '数字签名无效')
      token = {
        value: randomUUID().replaceAll('-', ''),
        endsAt: clock().getTime() + TOKEN_LIFE_SECONDS * 1_000,
      }
      return { ...outer('A1000', '', null), accessToken: token.value, expiresIn: TOKEN_LIFE_SECONDS }
    },
  }
}
