import { readFileSync } from 'node:fs'
import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import type { ActionBodies } from '../../connectors/kit/action.ts'
import { prospectOf } from '../../connectors/kit/fault.ts'
import type { PushRequest } from '../../connectors/kit/push.ts'
import connector from '../../connectors/webhook/connector.ts'
import { isSignature, webhookSignature } from '../../connectors/webhook/sign.ts'
import { webhookSimulator } from '../../connectors/webhook/simulator.ts'
import { type ConnectorRoom, connectorRoom, type RoomOptions } from './support/connector-room.ts'
import { refusal } from './support/refusal.ts'

const AT = new Date('2026-11-23T10:00:00+08:00')
const SECONDS = String(AT.getTime() / 1_000)
const SECRET = 'sim-webhook-secret-0123456789abcdef'

let room: ConnectorRoom | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function open(options: Partial<RoomOptions> = {}) {
  const now = () => AT
  room = await connectorRoom({
    connector,
    simulator: webhookSimulator({ clock: now }),
    now,
    timeoutMs: 150,
    ...options,
  })
  return room
}

const { message } = connector.actions!
const send = (at: ConnectorRoom, body: ActionBodies['message'], key = 'run-1:notify') =>
  message!.perform({ key, body, attempt: 1 }, at.context)
const received = (at: ConnectorRoom) => at.simulator.log!().map(({ text }) => JSON.parse(text) as unknown)

describe('the signature of a webhook', () => {
  it('is that of the vector in its readme', () => {
    const readme = readFileSync(new URL('../../connectors/webhook/README.md', import.meta.url), 'utf8')
    const body = '{"key":"run-1:notify","text":"库存不足"}'
    const signature = webhookSignature('a-secret-of-32-characters-or-more', body, '1790820302')
    expect(signature).toBe('c0b310d8b79586fc61797e2199ac1bcc8c5ac7472b89e549f92cea5d83ccd2bb')
    for (const part of [body, signature, '1790820302']) expect(readme).toContain(part)
  })

  it('is known with the prefix some senders write, in either case, and in Base64', () => {
    const hex = webhookSignature('s', 'body')
    expect(isSignature(hex, `sha256=${hex.toUpperCase()}`, 'hmac-sha256-hex')).toBe(true)
    const base64 = webhookSignature('s', 'body', undefined, 'hmac-sha256-base64')
    expect(isSignature(base64, base64, 'hmac-sha256-base64')).toBe(true)
    expect(isSignature(base64, base64.toLowerCase(), 'hmac-sha256-base64')).toBe(false)
    expect(isSignature(hex, '', 'hmac-sha256-hex')).toBe(false)
  })
})

describe('a message by webhook', () => {
  it('arrives signed, as JSON with the key of its effect', async () => {
    const at = await open()
    const body = { subject: '库存不足', text: '只剩 3 罐', to: ['13800000000'] }
    expect(await send(at, body)).toEqual({ status: 200 })
    expect(received(at)).toEqual([{ key: 'run-1:notify', ...body }])
  })

  it('that is sent twice is one message, since its key is the same', async () => {
    const at = await open()
    await send(at, { text: 'x' })
    // Another second, another signature.
    Object.assign(at.context, { now: () => new Date(AT.getTime() + 1_000) })
    await send(at, { text: 'x' })
    expect(received(at)).toHaveLength(1)
    expect(message!.isRepeatable).toBe(true)
  })

  it('that somebody plays back is refused', async () => {
    const at = await open()
    await send(at, { text: 'x' })
    expect(await refusal(send(at, { text: 'x' }))).toMatchObject({ class: 'request', code: 'HTTP 409' })
  })

  it.each([
    ['wrong-signature', 'credentials', false],
    ['server-error', 'platform', true],
    ['throttle', 'throttled', true],
    ['timeout-after', 'timeout', true],
  ] as const)('that fails by "%s" is told as "%s"', async (fault, expected, passes) => {
    const at = await open()
    at.simulator.faults.add(fault, 5)
    const told = await refusal(send(at, { text: 'x' }))
    expect(told.class).toBe(expected)
    expect(prospectOf(told).passes).toBe(passes)
    expect(JSON.stringify(told)).not.toContain(SECRET)
  })

  it('needs an address', async () => {
    const at = await open({ settings: { url: undefined } })
    expect(await refusal(send(at, { text: 'x' }))).toMatchObject({ class: 'request' })
    expect((await connector.test!(at.context)).zh).toContain('只接收推送')
  })

  it('is tried by a message that says that it is a test', async () => {
    const at = await open()
    expect((await connector.test!(at.context)).zh).toBe('对方收下了测试消息')
    expect(received(at)).toMatchObject([{ subject: '连接测试' }])
  })

  it('is refused by the receiver when its time is wrong', async () => {
    const at = await open()
    const { url } = at.context.settings as { readonly url: string }
    const post = async (timestamp: string) => {
      const headers = {
        'x-orderloom-timestamp': timestamp,
        'x-orderloom-signature': webhookSignature(SECRET, '{"key":"1"}', timestamp),
      }
      return (await request(url, { method: 'POST', body: '{"key":"1"}', headers })).statusCode
    }
    expect(await post('1')).toBe(401)
    expect(await post('')).toBe(401)
    expect(await post(SECONDS)).toBe(200)
  })
})

describe('a push by webhook', () => {
  const push = (
    body: string | Buffer,
    settings: Readonly<Record<string, unknown>> = {},
    request: Partial<PushRequest> = {},
  ) =>
    connector.push!(
      {
        method: 'POST',
        query: {},
        headers: {
          'x-orderloom-timestamp': SECONDS,
          'x-orderloom-signature': webhookSignature(SECRET, body, SECONDS),
        },
        body: Buffer.from(body),
        ...request,
      },
      { connection: { _id: 'hook' } as never, settings, credentials: { secret: SECRET }, now: () => AT },
    )

  it('hands over a document, a list of them, or one on each line, ids digit for digit', () => {
    expect(push('{"id":6920000000000000001}')).toMatchObject({
      reply: { status: 202, body: '{"documents":1}' },
      documents: [{ id: '6920000000000000001' }],
    })
    expect(push('[{"id":1},{"id":2}]').documents).toEqual([{ id: 1 }, { id: 2 }])
    expect(push('\uFEFF{"id":1}\r\n\r\n{"id":2}\n').documents).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('is refused whole when a line of it cannot be read', () => {
    const answer = push('{"id":1}\n{"id":\n{"id":3}')
    expect(answer).toMatchObject({ reply: { status: 400 }, refused: '内容不是 JSON：第 2 条读不懂' })
    expect(answer.documents).toBeUndefined()
    expect(push('  ')).toMatchObject({ reply: { status: 400 } })
  })

  it('is refused without a signature, with a wrong one, or with one of another body', () => {
    const signed = { 'x-orderloom-timestamp': SECONDS }
    const other = webhookSignature(SECRET, '{"id":2}', SECONDS)
    for (const headers of [signed, { ...signed, 'x-orderloom-signature': other }]) {
      const answer = push('{"id":1}', {}, { headers })
      expect(answer.reply.status).toBe(401)
      expect(answer.refused).toContain('签名')
      expect(answer.documents).toBeUndefined()
    }
  })

  it('is refused when it is too old, or its timestamp is no part of the signature', () => {
    const at = (seconds: string, signedAt: string) => ({
      headers: {
        'x-orderloom-timestamp': seconds,
        'x-orderloom-signature': webhookSignature(SECRET, '{"id":1}', signedAt),
      },
    })
    const old = String(Number(SECONDS) - 301)
    expect(push('{"id":1}', {}, at(old, old)).refused).toContain('时钟')
    expect(push('{"id":1}', { toleranceMs: 600_000 }, at(old, old)).refused).toBeUndefined()
    expect(push('{"id":1}', {}, at(SECONDS, old)).refused).toContain('签名')
    expect(push('{"id":1}', {}, at('soon', 'soon')).refused).toContain('时钟')
    const inMs = `${SECONDS}000`
    expect(push('{"id":1}', {}, at(inMs, inMs)).refused).toBeUndefined()
  })

  it('may be signed as other systems do: another header, Base64, no timestamp', () => {
    const settings = {
      signatureHeader: 'X-Shop-Hmac-Sha256',
      algorithm: 'hmac-sha256-base64',
      isTimestamped: false,
    }
    const sign = webhookSignature(SECRET, '{"id":1}', undefined, 'hmac-sha256-base64')
    const headers = { 'x-shop-hmac-sha256': sign }
    expect(push('{"id":1}', settings, { headers }).documents).toEqual([{ id: 1 }])
    expect(push('{"id":2}', settings, { headers }).refused).toContain('签名')
  })

  it('is a POST; somebody who looks at the address with a browser is told so', () => {
    expect(push('', {}, { method: 'GET' })).toMatchObject({ reply: { status: 405 } })
    expect(push('', {}, { method: 'GET' }).refused).toBeUndefined()
  })
})
