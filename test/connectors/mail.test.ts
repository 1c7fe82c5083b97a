import { afterEach, describe, expect, it } from 'vitest'
import { settingsProblems } from '../../connectors/check-settings.ts'
import type { ConnectorContext } from '../../connectors/connector.ts'
import type { ActionBodies } from '../../connectors/kit/action.ts'
import { circuitBreaker } from '../../connectors/kit/circuit-breaker.ts'
import { faultWords, prospectOf } from '../../connectors/kit/fault.ts'
import { connectionHttp, waysOut } from '../../connectors/kit/http.ts'
import { tokenBucket } from '../../connectors/kit/token-bucket.ts'
import connector from '../../connectors/mail/connector.ts'
import { CERTIFICATE } from './support/mail-certificate.ts'
import { MAIL_PASSWORD, MAIL_USER, type MailSimulator, mailSimulator } from './support/mail-simulator.ts'
import { refusal } from './support/refusal.ts'

const AT = new Date('2026-11-23T10:00:00+08:00')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Opening {
  readonly security?: 'tls' | 'starttls' | 'none'
  readonly settings?: Readonly<Record<string, unknown>>
  readonly credentials?: Readonly<Record<string, string>>
  readonly allowed?: readonly string[]
}

async function open({ security = 'none', settings, credentials, allowed }: Opening = {}) {
  const server = await mailSimulator(security)
  const ways = waysOut(allowed ?? [`localhost:${server.port}`, `127.0.0.1:${server.port}`])
  const stopping = new AbortController()
  closing.push(
    () => server.close(),
    () => ways.close(),
  )
  const context: ConnectorContext = {
    connection: { _id: 'mail' } as ConnectorContext['connection'],
    settings: {
      host: '127.0.0.1',
      port: server.port,
      security,
      from: '仓库提醒 <notice@example.com>',
      to: ['boss@example.com'],
      timeoutMs: 300,
      ...settings,
    },
    credentials: { user: MAIL_USER, password: MAIL_PASSWORD, ...credentials },
    now: () => AT,
    signal: stopping.signal,
    http: connectionHttp({
      ways,
      bucket: tokenBucket({ perSecond: 1_000, burst: 1_000 }),
      breaker: circuitBreaker(),
      signal: stopping.signal,
      secrets: () => [],
    }),
    tokens: { read: async () => undefined, renew: (_known, make) => make() },
  }
  return { server, context, stopping }
}

const { message } = connector.actions!
const send = (context: ConnectorContext, body: ActionBodies['message'], key = 'run-1:notify') =>
  message!.perform({ key, body, attempt: 1 }, context)

const lastOf = ({ mails }: MailSimulator) => mails.at(-1)!.text
const headerOf = (mail: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(mail)?.[1]?.trim()
const decoded = (mail: string) => Buffer.from(mail.split('\r\n\r\n')[1]!, 'base64').toString('utf8')

describe('a message by mail', () => {
  it('goes to those it names, with its subject and text', async () => {
    const { server, context } = await open()
    const body = {
      subject: '库存不足',
      text: '明前龙井 250g 只剩 3 罐',
      to: ['a@example.com', 'b@example.com'],
    }
    expect(await send(context, body)).toEqual({ sent: 2 })
    expect(server.mails[0]!.to).toEqual(['a@example.com', 'b@example.com'])
    const mail = lastOf(server)
    expect(headerOf(mail, 'Subject')).toBe(`=?UTF-8?B?${Buffer.from('库存不足').toString('base64')}?=`)
    expect(headerOf(mail, 'Date')).toBe('Mon, 23 Nov 2026 02:00:00 +0000')
    expect(decoded(mail).trim()).toBe(body.text)
  })

  it('goes to those of the connection where it names nobody by mail, or everybody', async () => {
    const { server, context } = await open()
    await send(context, { text: 'one' })
    await send(context, { text: 'two', to: ['13800000000'] })
    await send(context, { text: 'three', to: ['@all', 'a@example.com'] })
    expect(server.mails.map(({ to }) => to)).toEqual([
      ['boss@example.com'],
      ['boss@example.com'],
      ['a@example.com', 'boss@example.com'],
    ])
  })

  it('is headed by its first line where it has no subject', async () => {
    const { server, context } = await open()
    await send(context, { text: '\n## **Stock** is low\nMore' })
    expect(headerOf(lastOf(server), 'Subject')).toBe('Stock is low')
  })

  it('is shown without the marks of Markdown, links with their address', async () => {
    const { server, context } = await open()
    await send(context, { text: '> `MUG-350` **is low**\n[details](https://a.example)' })
    expect(lastOf(server).split('\r\n\r\n')[1]!.trim()).toBe('MUG-350 is low\r\ndetails https://a.example')
  })

  it('carries one Message-ID however often it is sent, and another for another message', async () => {
    const { server, context } = await open()
    for (const key of ['k1', 'k1', 'k2']) await send(context, { text: 'x' }, key)
    const ids = server.mails.map(({ text }) => headerOf(text, 'Message-ID'))
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('takes a file along', async () => {
    const { server, context } = await open()
    const file = {
      name: '缺货.csv',
      contentType: 'text/csv',
      base64: Buffer.from('sku,qty').toString('base64'),
    }
    await send(context, { text: '见附件', file })
    const mail = lastOf(server)
    expect(mail).toContain('Content-Disposition: attachment')
    expect(mail).toContain("filename*0*=utf-8''%E7%BC%BA%E8%B4%A7.csv")
    expect(mail).toContain(Buffer.from('sku,qty').toString('base64'))
  })

  it('smuggles no header in by a line break in its subject', async () => {
    const { server, context } = await open()
    await send(context, { subject: 'Hello\r\nBcc: thief@example.com', text: 'x' })
    expect(headerOf(lastOf(server), 'Bcc')).toBeUndefined()
    expect(server.mails[0]!.to).toEqual(['boss@example.com'])
  })

  it('says who was refused while others got it', async () => {
    const { server, context } = await open()
    server.faults.push('deny-recipient')
    expect(await send(context, { text: 'x', to: ['gone@example.com', 'a@example.com'] })).toEqual({
      sent: 1,
      refused: 'gone@example.com',
    })
  })

  it('needs somebody to go to', async () => {
    const { context } = await open({ settings: { to: [] } })
    expect(await refusal(send(context, { text: 'x' }))).toMatchObject({ class: 'request' })
  })
})

describe('the line to the mail server', () => {
  for (const security of ['tls', 'starttls'] as const)
    it(`is encrypted by ${security}, and the server known by its certificate`, async () => {
      const settings = { host: 'localhost', certificate: CERTIFICATE }
      const { server, context } = await open({ security, settings })
      await send(context, { text: 'x' })
      expect(server.mails).toHaveLength(1)
    })

  it('is not trusted when nobody vouches for the certificate', async () => {
    const { server, context } = await open({ security: 'tls', settings: { host: 'localhost' } })
    const fault = await refusal(send(context, { text: 'x' }))
    expect(fault).toMatchObject({ class: 'network', done: 'no' })
    expect(fault.said).toContain('certificate')
    expect(server.mails).toEqual([])
  })

  it('is not opened in the clear where STARTTLS was asked for', async () => {
    const { server, context } = await open({ settings: { security: 'starttls' } })
    await refusal(send(context, { text: 'x' }))
    expect(server.mails).toEqual([])
  })

  it('leads to no private address that was not allowed', async () => {
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      const { server, context } = await open({ settings: { host }, allowed: [] })
      expect(await refusal(send(context, { text: 'x' }))).toMatchObject({ class: 'blocked' })
      expect(server.mails).toEqual([])
    }
  })

  it('is tried by logging in, without sending anything', async () => {
    const { server, context } = await open()
    expect((await connector.test!(context)).zh).toBe('已连上 127.0.0.1，登录成功')
    expect(server.mails).toEqual([])
  })
})

describe('a mail that does not get through', () => {
  it('for a wrong password is the account’s fault, told without the password', async () => {
    const { context } = await open({ credentials: { password: 'wrong-password-1' } })
    const fault = await refusal(send(context, { text: 'x' }))
    expect(fault).toMatchObject({ class: 'credentials', code: '535', done: 'no' })
    expect(faultWords(fault).zh).not.toContain('wrong-password-1')
  })

  it.each([
    ['try-later', 'platform', true],
    ['hang-up-early', 'platform', true],
    ['refuse', 'business', false],
  ] as const)('by a reply ("%s") was surely not delivered', async (fault, expected, passes) => {
    const { server, context } = await open()
    server.faults.push(fault)
    const told = await refusal(send(context, { text: 'x' }))
    expect(told.class).toBe(expected)
    expect(prospectOf(told)).toMatchObject({ passes, done: 'no' })
  })

  it('because the server is away may be sent again', async () => {
    const { server, context } = await open()
    await server.close()
    expect(prospectOf(await refusal(send(context, { text: 'x' })))).toMatchObject({
      passes: true,
      done: 'no',
    })
  })

  it('as far as we know, but was taken, is told as unknown: it is not sent again by itself', async () => {
    const { server, context } = await open()
    server.faults.push('take-and-vanish')
    const fault = await refusal(send(context, { text: 'x' }))
    expect(fault).toMatchObject({ class: 'timeout', done: 'maybe' })
    expect(server.mails).toHaveLength(1)
    expect(message!.isRepeatable).toBe(false)
  })

  it('is let go when the product stops', async () => {
    const { server, context, stopping } = await open({ settings: { timeoutMs: 20_000 } })
    server.faults.push('take-and-vanish')
    const sending = refusal(send(context, { text: 'x' }))
    while (server.mails.length === 0) await new Promise(setImmediate)
    stopping.abort()
    expect(await sending).toMatchObject({ done: 'maybe' })
  })
})

it('the settings of a mail connection are checked', () => {
  const good = { host: 'smtp.example.com', from: '仓库提醒 <notice@example.com>' }
  expect(settingsProblems(connector, good)).toEqual([])
  for (const bad of [
    { ...good, from: 'nobody' },
    { ...good, host: 'a b' },
    { ...good, to: ['x'] },
  ])
    expect(settingsProblems(connector, bad)).toHaveLength(1)
})
