import { existsSync, readFileSync } from 'node:fs'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import type { PushRequest } from '../../connectors/kit/push.ts'
import connector from '../../connectors/wechat/connector.ts'
import type { WechatSimOptions } from '../../connectors/wechat/simulator.ts'
import { mapHandedOver } from './support/map-handed-over.ts'
import { wechatRoom } from './support/wechat-room.ts'

let room: Awaited<ReturnType<typeof wechatRoom>> | undefined
afterEach(async () => {
  await room?.close()
  room = undefined
})

async function openRoom(...options: Parameters<typeof wechatRoom>) {
  room = await wechatRoom(...options)
  return room
}

describe('a push of WeChat', () => {
  const samples = new URL('../../../shared/reference/samples/', import.meta.url)

  /** A receiver as the server is one: checks at once, reads afterwards. */
  async function pushedRoom(pushing: NonNullable<WechatSimOptions['pushing']>) {
    const at = await openRoom({ pushing })
    const receiver = Fastify()
    receiver.removeAllContentTypeParsers()
    receiver.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const answers: { refused?: string; reading: Promise<void> }[] = []
    const receive = (request: FastifyRequest, reply: FastifyReply) => {
      const answer = connector.push!(
        {
          method: request.method === 'GET' ? 'GET' : 'POST',
          query: request.query as Record<string, string>,
          headers: request.headers as Record<string, string>,
          body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
        },
        at.context,
      )
      answers.push({
        ...(answer.refused !== undefined && { refused: answer.refused }),
        reading: at.fetch(answer.wanted ?? []),
      })
      return reply.code(answer.reply.status).type(answer.reply.contentType).send(answer.reply.body)
    }
    receiver.route({ method: ['GET', 'POST'], url: '/push', handler: receive })
    at.simulator.push!.target = `${await receiver.listen({ port: 0, host: '127.0.0.1' })}/push`
    const pushed = async (count: number) => {
      await expect.poll(() => answers.length, { timeout: 2_000, interval: 5 }).toBe(count)
      await Promise.all(answers.map(({ reading }) => reading))
      return answers
    }
    return { ...at, orders: at.orders, pushed, stop: () => receiver.close() }
  }

  for (const mode of ['plain', 'compat', 'safe'] as const)
    for (const format of ['json', 'xml'] as const)
      it(`in ${mode} mode as ${format} brings the order and its after-sale`, async () => {
        const at = await pushedRoom({ mode, format })
        try {
          const { id } = at.shop.place()
          const refused = (await at.pushed(1)).map(answer => answer.refused)
          expect(refused).toEqual([undefined])
          at.shop.askRefund(id)
          await at.pushed(2)
          expect(mapHandedOver(at, at.orders().get(id)).afterSale).toBe('refunding')
        } finally {
          await at.stop()
        }
      })

  it('goes to an address that has passed the check', async () => {
    const at = await pushedRoom({ mode: 'safe', format: 'json' })
    try {
      const check = at.simulator.deeds!.find(({ id }) => id === 'check-address')!
      expect(await check.perform('')).toBe('校验通过')
    } finally {
      await at.stop()
    }
  })

  it('that comes twice or out of order changes nothing', async () => {
    const at = await pushedRoom({ mode: 'safe', format: 'json' })
    try {
      at.simulator.faults.add('push-late')
      at.simulator.faults.add('push-twice')
      const { id } = at.shop.place({ isPaid: false })
      at.shop.pay(id)
      await at.pushed(3)
      expect(at.events.size).toBe(1)
      expect(mapHandedOver(at, at.orders().get(id)).status).toBe('paid')
    } finally {
      await at.stop()
    }
  })

  const withCredentials = (credentials: Record<string, string>) => ({
    connection: {} as never,
    settings: {},
    credentials: { appId: 'wx1234567890abcdef', appSecret: 's', ...credentials },
    now: () => new Date(),
  })
  const request = (change: Partial<PushRequest>): PushRequest => ({
    method: 'POST',
    query: {},
    headers: {},
    body: Buffer.alloc(0),
    ...change,
  })

  it('answers the check of the address with what it was asked, if the signature is right', () => {
    const query = {
      timestamp: '1714036504',
      nonce: '1514711492',
      echostr: '4375120948345356249',
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
    }
    const context = withCredentials({ pushToken: 'AAAAA' })
    expect(connector.push!(request({ method: 'GET', query }), context).reply).toEqual({
      status: 200,
      contentType: 'text/plain',
      body: '4375120948345356249',
    })
    const wrong = { ...query, signature: query.signature.replace('f', '0') }
    expect(connector.push!(request({ method: 'GET', query: wrong }), context)).toMatchObject({
      reply: { status: 403 },
      refused: expect.stringContaining('签名'),
    })
  })

  // What a skipped suite reads would be read all the same.
  const isPresent = existsSync(samples)
  const describeSample = isPresent ? describe : describe.skip
  describeSample('as the documentation shows it', () => {
    if (!isPresent) return it('reads the sample', () => {})
    const { _vector: vector, body } = JSON.parse(
      readFileSync(new URL('wechat-webhook-channels_ec_order_pay-aes.json', samples), 'utf8'),
    ) as { _vector: Record<string, string>; body: Record<string, string> }
    const credentials = { pushToken: vector.token!, encodingAesKey: vector.encodingAESKey! }
    const query = {
      signature: '88c8e51666fe298705717ebcf11e8fa157b8bd34',
      timestamp: vector.timestamp!,
      nonce: vector.nonce!,
      encrypt_type: 'aes',
      msg_signature: vector.msg_signature!,
    }
    const sealed = (change: Partial<PushRequest> = {}) =>
      request({ query, body: Buffer.from(JSON.stringify(body)), ...change })

    it('is opened, and names its order digit for digit', () => {
      expect(connector.push!(sealed(), withCredentials(credentials))).toEqual({
        reply: { status: 200, contentType: 'text/plain', body: 'success' },
        wanted: [{ kind: 'order', id: '3705115058471208928' }],
      })
    })

    it.each([
      ['signed by somebody else', { query: { ...query, msg_signature: '0'.repeat(40) } }, {}],
      ['meant for another AppID', {}, { appId: 'wx0000000000000000' }],
      ['made with another key', {}, { encodingAesKey: 'B'.repeat(43) }],
      ['not encrypted', { body: Buffer.from(vector.msg!) }, {}],
      ['cut short', { body: Buffer.from('{"Encrypt":') }, {}],
    ])('and %s is refused', (_, change, other) => {
      const answer = connector.push!(sealed(change), withCredentials({ ...credentials, ...other }))
      expect(answer.reply.status).toBe(403)
      expect(answer.wanted).toBeUndefined()
    })
  })
})
