import type { FastifyInstance } from 'fastify'
import { parseJson } from '../../server/intake/json.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { simFaults } from '../simulators/faults.ts'
import { simPushes } from '../simulators/pushes.ts'
import type { SimPush, Simulator } from '../simulators/simulator.ts'
import { isSignature, webhookSignature } from './sign.ts'

const SECRET = 'sim-webhook-secret-0123456789abcdef'
const TOLERANCE_S = 300
const RETRIES_MS = [1_000, 10_000]
const TIMEOUT_MS = 5_000
const MOST_KEPT = 200

/** A receiver that holds to the rules of our README: it checks signatures and times and refuses replays. */
export function webhookSimulator({
  clock = () => new Date(),
}: {
  readonly clock?: () => Date
} = {}): Simulator {
  const faults = simFaults()
  const messages: { at: Date; text: string }[] = []
  const seenSignatures = new Set<string>()
  const seenKeys = new Set<string>()
  const push = { target: '' }
  const pushes = simPushes({
    target: () => push.target,
    faults,
    isTaken: ({ status }) => status === 202,
    retryAfterMs: RETRIES_MS,
    timeoutMs: TIMEOUT_MS,
  })

  function refusalOf(
    timestamp: string,
    signature: string,
    body: Buffer,
  ): readonly [number, string] | undefined {
    const expected = webhookSignature(SECRET, body, timestamp)
    if (faults.take('wrong-signature') || !isSignature(expected, signature, 'hmac-sha256-hex'))
      return [401, 'signature does not match']
    const skewS = Math.abs(unixSeconds(clock()) - Number(timestamp))
    if (faults.take('clock-skew') || !(skewS <= TOLERANCE_S)) return [401, 'timestamp is too far off']
    if (faults.take('throttle')) return [429, 'slow down']
    return seenSignatures.has(signature) ? [409, 'replayed'] : undefined
  }

  return {
    id: 'webhook',
    name: { zh: '通用 Webhook', en: 'Webhook' },
    faults,
    push,
    mount(app: FastifyInstance) {
      app.post('/webhook/inbox', async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const signature = String(request.headers['x-orderloom-signature'] ?? '')
        const timestamp = String(request.headers['x-orderloom-timestamp'] ?? '')
        const refused = refusalOf(timestamp, signature, body)
        if (refused) return reply.code(refused[0]).send({ error: refused[1] })
        seenSignatures.add(signature)
        const { key } = parseJson(body.toString('utf8')) as { readonly key: string }
        if (seenKeys.has(key)) return { ok: true, repeated: true }
        seenKeys.add(key)
        messages.unshift({ at: clock(), text: body.toString('utf8') })
        messages.length = Math.min(messages.length, MOST_KEPT)
        return { ok: true }
      })
    },
    access: baseUrl => ({ settings: { url: `${baseUrl}/webhook/inbox` }, credentials: { secret: SECRET } }),
    log: () => messages,
    deeds: [
      {
        id: 'push-json',
        name: { zh: '推送一份 JSON', en: 'Push JSON' },
        asks: { zh: 'JSON 内容', en: 'The JSON' },
        perform(asked) {
          if (push.target === '') return '还没有推送地址'
          pushes.send(signedPush(asked, clock()))
          return '已发送'
        },
      },
    ],
  }
}

function signedPush(body: string, at: Date): SimPush {
  const timestamp = String(unixSeconds(at))
  return {
    method: 'POST',
    query: {},
    headers: {
      'content-type': 'application/json',
      'x-orderloom-timestamp': timestamp,
      'x-orderloom-signature': webhookSignature(SECRET, body, timestamp),
    },
    body,
  }
}
