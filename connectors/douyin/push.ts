import { parseJson } from '../../server/intake/json.ts'
import type { ConnectorContext, Wanted } from '../connector.ts'
import type { PushAnswer, PushReply, PushRequest } from '../kit/push.ts'
import { type Fields, recordOf, rowsOf, textOf } from '../kit/said.ts'
import { isSameSecret } from '../kit/same-secret.ts'
import type { DouyinCredentials, DouyinSettings } from './settings.ts'
import { pushSigns } from './sign.ts'

type PushContext = Pick<ConnectorContext<DouyinSettings, DouyinCredentials>, 'settings' | 'credentials'>

const ID = /^\d{1,20}$/
const PRODUCT_TAGS = /^4\d\d$/

/**
 * Reads a push: a list of messages (or a single one) that name orders and refunds. They repeat and overtake each
 * other, so each only says what to read again.
 */
export function push({ headers, body }: PushRequest, { settings, credentials }: PushContext): PushAnswer {
  const { appKey, appSecret } = credentials
  const sign = headers['event-sign'] ?? ''
  if (!pushSigns(appKey, body, appSecret).some(expected => isSameSecret(expected, sign.toLowerCase())))
    return refusal('推送的签名不对：请核对 App Secret，并确认推送来自这个应用')
  const messages = messagesOf(body)
  if (!messages) return refusal('推送的内容不是 JSON')
  const wanted = new Map<string, Wanted>()
  for (const message of messages) {
    const found = wantedOf(message, settings.shopId)
    if (found) wanted.set(`${found.kind} ${found.id}`, found)
  }
  return { reply: replyOf(200, 0, 'success'), wanted: [...wanted.values()] }
}

function wantedOf(message: Fields, shopId: string | undefined): Wanted | undefined {
  const data = typeof message.data === 'string' ? parsed(message.data) : message.data
  const { shop_id, p_id, aftersale_id } = recordOf(data)
  const isOfAnotherShop = shopId !== undefined && textOf(shop_id) !== '' && textOf(shop_id) !== shopId
  if (isOfAnotherShop || PRODUCT_TAGS.test(textOf(message.tag))) return undefined
  // The test message of the console has tag 0 and names no order.
  if (ID.test(textOf(p_id))) return { kind: 'order', id: textOf(p_id) }
  return ID.test(textOf(aftersale_id)) ? { kind: 'refund', id: textOf(aftersale_id) } : undefined
}

function messagesOf(body: Buffer): readonly Fields[] | undefined {
  const value = parsed(body.toString('utf8'))
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value) ? rowsOf(value) : [recordOf(value)]
}

function parsed(text: string): unknown {
  try {
    return parseJson(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const refusal = (refused: string): PushAnswer => ({ reply: replyOf(403, 100_001, refused), refused })

const replyOf = (status: number, code: number, msg: string): PushReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ code, msg }),
})
