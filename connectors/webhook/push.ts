import { parseJson, parseNdjson } from '../../server/intake/json.ts'
import type { ConnectorContext } from '../connector.ts'
import type { PushAnswer, PushReply, PushRequest } from '../kit/push.ts'
import type { WebhookCredentials, WebhookSettings } from './settings.ts'
import { isSignature, webhookSignature } from './sign.ts'

type PushContext = Pick<
  ConnectorContext<WebhookSettings, WebhookCredentials>,
  'settings' | 'credentials' | 'now'
>

const TOLERANCE_MS = 300_000
/** Beyond this a timestamp is in milliseconds. */
const LEAST_MS = 100_000_000_000

/** Takes any signed JSON: one document, a list of them, or one on each line. */
export function push(request: PushRequest, context: PushContext): PushAnswer {
  if (request.method === 'GET') return { reply: replyOf(405, { message: 'POST JSON here.' }) }
  const refused = unsigned(request, context)
  if (refused) return { reply: replyOf(401, { message: refused }), refused }
  const documents = documentsOf(request.body.toString('utf8').replace(/^\uFEFF/, ''))
  if (typeof documents === 'string')
    return { reply: replyOf(400, { message: documents }), refused: documents }
  return { reply: replyOf(202, { documents: documents.length }), documents }
}

/** Why a push is not let in; undefined when it is. */
function unsigned({ headers, body }: PushRequest, { settings, credentials, now }: PushContext) {
  const {
    signatureHeader = 'X-Orderloom-Signature',
    isTimestamped = true,
    timestampHeader = 'X-Orderloom-Timestamp',
    algorithm = 'hmac-sha256-hex',
    toleranceMs = TOLERANCE_MS,
  } = settings
  const said = headers[signatureHeader.toLowerCase()]
  if (said === undefined) return `请求头里没有签名（${signatureHeader}）`
  const timestamp = isTimestamped ? (headers[timestampHeader.toLowerCase()] ?? '') : undefined
  if (!isSignature(webhookSignature(credentials.secret, body, timestamp, algorithm), said, algorithm))
    return '签名不对：请核对双方的密钥、签名算法和时间戳请求头'
  if (timestamp === undefined) return undefined
  const value = Number(timestamp)
  const at = value >= LEAST_MS ? value : value * 1_000
  return Math.abs(now().getTime() - at) <= toleranceMs
    ? undefined
    : `时间戳 ${timestamp} 与本机时间相差太大：请检查两边的时钟`
}

/** The documents of a body, or why it holds none. */
function documentsOf(text: string): readonly unknown[] | string {
  if (text.trim() === '') return '内容是空的'
  try {
    const value = parseJson(text)
    return Array.isArray(value) ? value : [value]
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { documents, broken } = parseNdjson(text)
    const [first] = broken
    return first === undefined ? documents : `内容不是 JSON：第 ${first.index + 1} 条读不懂`
  }
}

const replyOf = (status: number, body: object): PushReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
})
