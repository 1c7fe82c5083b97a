import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { circuitBreaker } from '../../../connectors/kit/circuit-breaker.ts'
import { ConnectorError, type Fault } from '../../../connectors/kit/fault.ts'
import { connectionHttp, type Http, type HttpRequest, waysOut } from '../../../connectors/kit/http.ts'
import { tokenBucket } from '../../../connectors/kit/token-bucket.ts'

let app: FastifyInstance
let url: string
let closing: (() => Promise<unknown>)[]
/** What the server does with each request, in turn; 200 afterwards. */
let script: ((reply: { code(status: number): { header(name: string, value: string): unknown } }) => unknown)[]
let requests: number

beforeEach(async () => {
  script = []
  requests = 0
  closing = []
  app = Fastify({ forceCloseConnections: true })
  app.all('/', async (_request, reply) => {
    requests++
    const next = script.shift()
    if (!next) return { id: 1 }
    return next(reply as never) ?? reply
  })
  app.get('/big', (_request, reply) =>
    reply.type('application/json').send('{"tid": 4123456789012345678, "num": 2}'),
  )
  app.get('/flood', (_request, reply) => reply.send('x'.repeat(17 * 1024 * 1024)))
  app.get('/echo', (request, reply) => reply.code(400).send(`bad request ${request.url} 13800138000`))
  app.get('/away', (_request, reply) => reply.redirect('http://169.254.169.254/latest/meta-data'))
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  for (const close of closing) await close()
  await app.close()
})

function httpOf({ allow = [new URL(url).host], secrets = [] as string[] } = {}): Http {
  const ways = waysOut(allow)
  closing.push(() => ways.close())
  return connectionHttp({
    ways,
    bucket: tokenBucket({ perSecond: 1_000, burst: 1_000 }),
    breaker: circuitBreaker(),
    signal: new AbortController().signal,
    secrets: () => secrets,
    firstBackoffMs: 5,
    timeoutMs: 150,
  })
}

const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(ConnectorError)
  return (failure as ConnectorError).fault
}
const hang = () => new Promise(() => {})
const status = (code: number, headers: Record<string, string> = {}) =>
  ((reply: { code(status: number): { headers(all: object): { send(body: string): unknown } } }) =>
    reply.code(code).headers(headers).send('trouble')) as never
const get =
  (over: Partial<HttpRequest> = {}) =>
  () => ({ url: `${url}/`, ...over })
const post = get({ json: {} })

describe('a call to the outside', () => {
  it('reads ids beyond 2^53 digit for digit', async () => {
    const answer = await httpOf().send(get({ url: `${url}/big` }), { effect: 'read' })
    expect(answer.json()).toEqual({ tid: '4123456789012345678', num: 2 })
  })

  it('is tried again when it may help: a read whatever happened', async () => {
    script = [status(500), hang, status(502)]
    const answer = await httpOf().send(get(), { effect: 'read' })
    expect(answer.status).toBe(200)
    expect(requests).toBe(4)
  })

  it('is not tried again when it may have done its work: a write that was not answered', async () => {
    script = [hang]
    expect(await faultOf(httpOf().send(post, { effect: 'write' }))).toMatchObject({ class: 'timeout' })
    expect(requests).toBe(1)
  })

  it('is tried again as a write where it surely did nothing: throttled, or the server too busy', async () => {
    script = [status(429), status(503)]
    expect((await httpOf().send(post, { effect: 'write' })).status).toBe(200)
    expect(requests).toBe(3)
  })

  it('is made anew for every try, so that timestamps and signatures are fresh', async () => {
    script = [status(500), status(500)]
    let made = 0
    await httpOf().send(() => ({ url: `${url}/`, query: { ts: String(++made) } }), { effect: 'read' })
    expect(made).toBe(3)
  })

  it('waits as long as it is told to', async () => {
    script = [status(429, { 'retry-after': '0.2' })]
    const before = performance.now()
    await httpOf().send(get(), { effect: 'read' })
    expect(performance.now() - before).toBeGreaterThan(150)
  })

  it('that is to wait for longer than a minute is given up, and says how long', async () => {
    script = [status(429, { 'retry-after': '900' })]
    expect(await faultOf(httpOf().send(get(), { effect: 'read' }))).toMatchObject({
      class: 'throttled',
      retryAfterMs: 900_000,
    })
  })

  it('gives up after five tries', async () => {
    script = Array.from({ length: 9 }, () => status(500))
    expect(await faultOf(httpOf().send(get(), { effect: 'read' }))).toMatchObject({ class: 'platform' })
    expect(requests).toBe(5)
  })

  it('that nobody takes is a network fault', async () => {
    const http = httpOf({ allow: ['127.0.0.1:9'] })
    const calling = http.send(get({ url: 'http://127.0.0.1:9/' }), { effect: 'write' })
    expect(await faultOf(calling)).toMatchObject({ class: 'network' })
  })

  it.each([
    'http://127.0.0.1:22/',
    'http://10.0.0.8/',
    'http://[::1]/',
    'http://localhost/',
    'file:///etc/passwd',
  ])('never goes to a private address: %s', async address => {
    const http = httpOf({ allow: [] })
    expect(await faultOf(http.send(get({ url: address }), { effect: 'read' }))).toMatchObject({
      class: 'blocked',
    })
  })

  it('follows no redirect, wherever it leads', async () => {
    const calling = httpOf().send(get({ url: `${url}/away` }), { effect: 'read' })
    expect(await faultOf(calling)).toMatchObject({ class: 'unreadable', code: 'HTTP 302' })
  })

  it('takes no answer larger than 16 MB', async () => {
    const calling = httpOf().send(get({ url: `${url}/flood`, timeoutMs: 5_000 }), { effect: 'write' })
    expect(await faultOf(calling)).toMatchObject({ class: 'unreadable' })
  })

  it('says nothing of secrets, phones or signatures, whatever the other side repeats', async () => {
    const address = `${url}/echo?access_token=tok-1234567890&sign=ABCDEF0123&note=s3cret-value`
    const { said } = await faultOf(
      httpOf({ secrets: ['s3cret-value'] }).send(get({ url: address }), { effect: 'read' }),
    )
    expect(said).toContain('bad request')
    for (const hidden of ['tok-1234567890', 'ABCDEF0123', 's3cret-value', '13800138000'])
      expect(said).not.toContain(hidden)
  })

  it('spares a side that is down: after eight failures it rests, then lets one call through', async () => {
    let now = 1_000_000
    const breaker = circuitBreaker(() => now)
    for (let failures = 0; failures < 8; failures++) {
      breaker.demandClosed()
      breaker.failed({ class: 'platform' })
    }
    expect(() => breaker.demandClosed()).toThrow(ConnectorError)
    now += 5_001
    breaker.demandClosed()
    expect(() => breaker.demandClosed()).toThrow(ConnectorError)
    breaker.succeeded()
    breaker.demandClosed()
  })

  it('does not rest for what is the caller’s fault', () => {
    const breaker = circuitBreaker()
    for (let failures = 0; failures < 20; failures++) breaker.failed({ class: 'request' })
    expect(() => breaker.demandClosed()).not.toThrow()
  })
})

describe('the token bucket', () => {
  it('lets a burst go at once and the rest at its pace, in their order', async () => {
    const bucket = tokenBucket({ perSecond: 50, burst: 5 })
    const { signal } = new AbortController()
    const order: number[] = []
    const before = performance.now()
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => bucket.take(signal).then(() => order.push(index))),
    )
    expect(performance.now() - before).toBeGreaterThan(90)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('lets nobody wait after the server began to stop', async () => {
    const bucket = tokenBucket({ perSecond: 0.1, burst: 1 })
    const stopping = new AbortController()
    await bucket.take(stopping.signal)
    const waiting = bucket.take(stopping.signal)
    stopping.abort(new Error('stopping'))
    await expect(waiting).rejects.toThrow('stopping')
  })
})
