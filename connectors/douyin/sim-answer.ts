import { jsonWithBareDigits } from '../simulators/bare-digits.ts'

/** What a call comes to: data, or a refusal in the platform's words. */
export type SimAnswer = { readonly data: unknown } | SimRefusal

export interface SimRefusal {
  readonly code: number
  readonly msg: string
  readonly sub_code: string
  readonly sub_msg: string
}

export const refusal = (code: number, msg: string, sub_code: string, sub_msg: string): SimRefusal => ({
  code,
  msg,
  sub_code,
  sub_msg,
})

export const badParam = (said: string) => refusal(40003, '非法的参数', 'isv.parameter-format-invalid', said)

export const businessFailure = (number: number, said: string) =>
  refusal(50002, '业务处理失败', `isv.business-failed:${number}`, said)

/** The text of an answer; bigint is written as a bare number. */
export function answerText(answer: SimAnswer, logId: string): string {
  const success = { code: 10000, msg: 'success', sub_code: '', sub_msg: '' }
  const body =
    'data' in answer
      ? { ...success, log_id: logId, data: answer.data }
      : { ...answer, log_id: logId, data: null }
  return jsonWithBareDigits(body)
}
