import { parseJson } from '../../server/intake/json.ts'
import type { PushAnswer, PushReply, PushRequest } from '../kit/push.ts'
import { recordOf } from '../kit/said.ts'
import { isSameSecret } from '../kit/same-secret.ts'
import { kuaidi100Report } from './route.ts'
import type { Kuaidi100Credentials } from './settings.ts'
import { pushSign } from './sign.ts'

/**
 * Reads a push to `callbackurl`: a form with `param` and its `sign`. `abort` (nothing known for 3 days, or no
 * change for 60) and `shutdown` (it is over) end the subscription, not our asking: what they carry is taken in
 * like any other.
 */
export function readKuaidi100Push(request: PushRequest, { salt }: Kuaidi100Credentials): PushAnswer {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const param = form.get('param') ?? ''
  if (!salt) return refuse('salt is missing among the credentials: pushes cannot be checked')
  if (!isSameSecret((form.get('sign') ?? '').toUpperCase(), pushSign(param, salt)))
    return refuse('the signature of the push is wrong')
  const push = read(param)
  if (!push) return refuse('param is no JSON')
  const report = kuaidi100Report(recordOf(push.lastResult))
  return { reply: TAKEN, parcels: report.waybill === '' ? [] : [report] }
}

function read(param: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return recordOf(parseJson(param))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

const answer = (result: boolean, returnCode: string, message: string): PushReply => ({
  status: 200,
  contentType: 'application/json;charset=utf-8',
  body: JSON.stringify({ result, returnCode, message }),
})
const TAKEN = answer(true, '200', '成功')
const refuse = (refused: string): PushAnswer => ({ reply: answer(false, '500', '验签或报文有误'), refused })
