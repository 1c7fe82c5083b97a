import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatorServer, serveSimulators } from '../../connectors/simulators/serve.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { wechatSimulator } from '../../connectors/wechat/simulator.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'

let taobao: Simulator
let wechat: Simulator
let platforms: SimulatorServer
let product: ProductRoom

beforeAll(async () => {
  taobao = taobaoSimulator()
  wechat = wechatSimulator()
  platforms = await serveSimulators([taobao, wechat], 0)
  product = await openProduct({ OUTGOING_ALLOW: new URL(platforms.url).host })
})
afterAll(async () => {
  await product.close()
  await platforms.close()
})

const add = (id: string, simulator: Simulator, credentials: object = {}) =>
  product.post('/api/connections', {
    id,
    name: id,
    connector: simulator.id,
    enabled: false,
    settings: simulator.access(platforms.url).settings,
    credentials: { ...simulator.access(platforms.url).credentials, ...credentials },
  })
const orders = async (connection: string) =>
  (await product.services.store.events.find({ connection }).lean()).map(({ order }) => order)

const wanted = () => product.services.store.wanted.countDocuments()

/** The owner of the shop signs in at the platform, agrees, and is sent back to us. */
async function authorize(id: string): Promise<{ status: number; location: string }> {
  const { body } = await product.post(`/api/connections/${id}/authorize`, {})
  const page = await fetch(String(body.url))
  const back = /href="([^"]+)"/.exec(await page.text())![1]!.replaceAll('&amp;', '&')
  const answer = await product.send({
    method: 'GET',
    url: back.slice(back.indexOf('/api/')),
    // What a browser says when another site sent it.
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  return { status: answer.status, location: String(answer.headers.location) }
}

describe('a newcomer with an AppKey and a secret', () => {
  it('adds the shop, authorises it and has its orders', async () => {
    expect(await add('tb', taobao)).toMatchObject({
      status: 201,
      body: {
        channel: 'taobao',
        enabled: false,
        hasCredentials: true,
        identity: { buyer: expect.any(Array) },
      },
    })
    expect((await product.post('/api/connections/tb/test')).body).toMatchObject({
      ok: false,
      fault: { class: 'authorization', zh: expect.stringContaining('去授权') },
    })
    expect(await authorize('tb')).toEqual({ status: 302, location: '/connections?open=tb&authorized=1' })
    expect((await product.post('/api/connections/tb/test')).body).toMatchObject({ ok: true })
    for (let number = 0; number < 5; number++) taobao.shop!.place({ at: new Date(Date.now() - 60_000) })
    await product.put('/api/connections/tb', { enabled: true })
    await product.post('/api/connections/tb/poll')
    await eventually('five orders', async () => (await orders('tb')).length === 5)
    const { body } = await product.get('/api/connections/tb')
    expect(body).toMatchObject({ authorized: { expiresAt: expect.any(String) } })
    expect(body.fault).toBeUndefined()
  })

  it('never sees the secret again, wherever it might be told', async () => {
    const { appSecret } = taobao.access('').credentials
    for (const path of ['/api/connections', '/api/connections/tb', '/api/outbox', '/api/overview'])
      expect(JSON.stringify((await product.get(path)).body)).not.toContain(appSecret)
    expect((await product.get('/api/connections/tb')).body.credentialsHint).toEqual({
      appKey: taobao.access('').credentials.appKey,
      appSecret: '••••••',
    })
  })

  it('is told in plain words that the secret is wrong, and goes on once it is right', async () => {
    await product.put('/api/connections/tb', { credentials: { appSecret: 'not-the-secret' } })
    await product.services.connections.secrets.putToken('tb', {
      accessToken: 'old',
      expiresAt: new Date(Date.now() + 3_600_000),
    })
    await product.post('/api/connections/tb/poll')
    await eventually('the fault is told', async () => {
      const { fault } = (await product.get('/api/connections/tb')).body
      return String(fault?.class) === 'credentials'
    })
    expect((await product.get('/api/connections/tb')).body.fault).toMatchObject({
      zh: expect.stringContaining('密钥'),
      blame: 'account',
    })
    const { appSecret } = taobao.access('').credentials
    const mended = await product.put('/api/connections/tb', { credentials: { appSecret } })
    expect(mended.body.fault).toBeUndefined()
  })

  it.each([
    ['an unknown credential', { credentials: { pin: 'x' } }, /credentials/],
    ['an empty one', { credentials: { appSecret: '' } }, /credentials/],
    ['an unknown setting', { settings: { gatway: 'http://x' } }, /settings/],
  ])('is told which field is wrong: %s', async (_what, body, field) => {
    const answer = await product.put('/api/connections/tb', body)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toMatch(field)
  })
})

describe('coming back from a platform', () => {
  it('with a state that was not begun here leads nowhere', async () => {
    for (const state of ['x', 'a.b', `${Buffer.from('["tb","http://x",0]').toString('base64url')}.AAAA`]) {
      const answer = await product.get(`/api/oauth/callback?code=c&state=${encodeURIComponent(state)}`)
      expect(answer).toMatchObject({ status: 400, body: { code: 'AUTHORIZATION_STALE' } })
    }
  })

  it('after the owner refused says so on the connection', async () => {
    const { body } = await product.post('/api/connections/tb/authorize', {})
    const state = new URL(String(body.url)).searchParams.get('state')!
    const answer = await product.get(
      `/api/oauth/callback?error=access_denied&error_description=no&state=${encodeURIComponent(state)}`,
    )
    expect(answer.headers.location).toBe('/connections?open=tb&authorizeFailed=no')
  })
})

describe('a push', () => {
  it('is answered once it is durable, and brings the order it names', async () => {
    await add('wx', wechat)
    await product.put('/api/connections/wx', { enabled: true })
    await product.app.listen({ port: 0 }).catch(() => {})
    wechat.push!.target = `${product.url}/api/push/wx`
    wechat.faults.add('push-twice')
    const { id } = wechat.shop!.place({ at: new Date(Date.now() - 30_000) })
    await eventually('the order came by push', async () => (await orders('wx')).includes(`wx:${id}`))
    expect((await orders('wx')).filter(order => order === `wx:${id}`)).toHaveLength(1)
    await eventually('nothing is wanted any more', async () => (await wanted()) === 0)
  })

  it('with a wrong signature brings nothing', async () => {
    const answer = await product.send({
      method: 'POST',
      url: '/api/push/wx?signature=bad&timestamp=1&nonce=2&msg_signature=bad&encrypt_type=aes',
      headers: { 'content-type': 'application/json', host: 'orders.example.com' },
      payload: '{"ToUserName":"gh","Encrypt":"AAAA"}',
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(await wanted()).toBe(0)
  })

  it('may come from any host name, which nothing else may', async () => {
    const from = { host: 'orders.example.com' }
    const page = await product.send({ method: 'GET', url: '/api/connections', headers: from })
    expect(page.status).toBe(403)
    const push = await product.send({ method: 'POST', url: '/api/push/nobody', headers: from })
    expect(push.status).toBe(404)
  })

  it('to a connection that takes none is refused', async () => {
    expect((await product.post('/api/push/tb', {})).status).toBe(404)
  })
})
