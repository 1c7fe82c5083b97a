import type { Wanted } from '../connector.ts'
import type { PushAnswer, PushReply, PushRequest } from '../kit/push.ts'
import { isSameSecret } from '../kit/same-secret.ts'
import type { WechatCredentials } from './access.ts'
import { decryptPush } from './cipher.ts'
import { type PushBody, pushBody } from './push-body.ts'
import { pushSignature } from './sign.ts'

const say = (status: number, body: string): PushReply => ({ status, contentType: 'text/plain', body })
// Anything else is sent again, about ten times within four hours.
const TAKEN = say(200, 'success')
const WRONG_SIGNATURE = '推送的签名不对：请核对消息推送的 Token'
const ID = /^\d{1,20}$/
const refuse = (refused: string): PushAnswer => ({ reply: say(403, 'refused'), refused })

/**
 * Reads a push of the platform: the check of our address (GET), or an event in plain, compatible or safe mode.
 * Once an EncodingAESKey is set only what was encrypted with it is believed.
 */
export function readPush(
  request: PushRequest,
  { credentials }: { readonly credentials: WechatCredentials },
): PushAnswer {
  const { pushToken } = credentials
  if (!pushToken) return refuse('还没有填写消息推送的 Token')
  const { signature = '', timestamp = '', nonce = '', echostr = '' } = request.query
  const isSigned = isSameSecret(signature, pushSignature(pushToken, timestamp, nonce))
  if (request.method === 'GET') return isSigned ? { reply: say(200, echostr) } : refuse(WRONG_SIGNATURE)
  const body = pushBody(request.body.toString('utf8'))
  if (!body) return refuse('推送的内容读不懂')
  const { encodingAesKey } = credentials
  if (!encodingAesKey) {
    if (!isSigned) return refuse(WRONG_SIGNATURE)
    return body.Event === undefined && body.Encrypt !== undefined
      ? refuse('推送是加密的，但还没有填写 EncodingAESKey')
      : told(body)
  }
  return openSealed(request, body, { ...credentials, pushToken, encodingAesKey })
}

function openSealed(
  { query: { msg_signature = '', timestamp = '', nonce = '' } }: PushRequest,
  { Encrypt }: PushBody,
  { appId, pushToken, encodingAesKey }: Required<WechatCredentials>,
): PushAnswer {
  if (Encrypt === undefined) return refuse('推送没有加密，而这里填写了 EncodingAESKey')
  if (!isSameSecret(msg_signature, pushSignature(pushToken, timestamp, nonce, Encrypt)))
    return refuse(WRONG_SIGNATURE)
  const text = decryptPush(Encrypt, encodingAesKey, appId)
  const body = text === undefined ? undefined : pushBody(text)
  return body ? told(body) : refuse('推送无法解密：EncodingAESKey 或 AppID 不一致')
}

/** Events of other kinds (products, funds) are taken and left at that. */
function told({ order_info, finder_shop_aftersale_status_update: afterSale }: PushBody): PushAnswer {
  const named: readonly Wanted[] = [
    { kind: 'order', id: String(order_info?.order_id) },
    { kind: 'refund', id: String(afterSale?.after_sale_order_id) },
  ]
  return { reply: TAKEN, wanted: named.filter(({ id }) => ID.test(id)) }
}
