import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { buildApp } from '../../server/app.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
})
afterAll(() => product.close())

const json = { 'content-type': 'application/json' }

describe('errors', () => {
  it('are coded, told in words, and name every problem of a body at once', async () => {
    const answer = await product.post('/api/stock/receipts', {
      id: '',
      warehouse: 'a/b',
      lines: [{ sku: 'x', quantity: '3' }],
      extra: 1,
    })
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('BODY_INVALID')
    const fields = (answer.body.details as unknown as { field: string }[]).map(each => each.field).sort()
    expect(fields).toEqual(['extra', 'id', 'lines/0/quantity', 'warehouse'])
    expect(String(answer.body.message)).toContain('lines/0/quantity')
  })

  it('name a missing field', async () => {
    const answer = await product.post('/api/workflows', {})
    expect(answer.body).toMatchObject({
      code: 'BODY_INVALID',
      details: [{ field: 'name', code: 'REQUIRED' }],
    })
  })

  it('are coded for addresses nobody serves, in the API and beside it', async () => {
    expect(await product.get('/api/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await product.get('/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await product.send({ method: 'PATCH', url: '/api/orders' })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    })
    const page = await product.send({ method: 'GET', url: '/api/nothing', headers: { accept: 'text/html' } })
    expect(page).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })

  it('are coded for bodies that are no JSON, too deep, too large, or named like object internals', async () => {
    const send = (payload: string, headers: Record<string, string> = json) =>
      product.send({ method: 'POST', url: '/api/workflows', payload, headers })
    expect(await send('{')).toMatchObject({ status: 400, body: { code: 'BODY_NOT_JSON' } })
    expect(await send('{"name":"x","__proto__":{}}')).toMatchObject({
      status: 400,
      body: { code: 'BODY_NOT_JSON' },
    })
    expect(await send(`{"name":${'['.repeat(9_000)}${']'.repeat(9_000)}}`)).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID' },
    })
    expect(await send(`{"name":"${'x'.repeat(10 * 1024 * 1024)}"}`)).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE' },
    })
    expect(await send('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
      body: { code: 'MEDIA_TYPE_UNSUPPORTED' },
    })
    expect(
      await send(
        '{"name":"x","graph":{"nodes":[{"id":"a","type":"t","params":{"a\\u0000b":1}}],"edges":[]}}',
      ),
    ).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
    expect(await send('')).toMatchObject({ status: 400 })
    expect(await send('null')).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
  })

  it('say nothing of what went on inside', async () => {
    const { store } = product.services
    const countDocuments = store.orders.estimatedDocumentCount
    store.orders.estimatedDocumentCount = () => {
      throw new Error('connect ECONNREFUSED /var/lib/secret.sock')
    }
    try {
      const answer = await product.get('/api/overview')
      expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } })
      expect(JSON.stringify(answer.body)).not.toContain('secret')
    } finally {
      store.orders.estimatedDocumentCount = countDocuments
    }
  })

  it('name what is not there', async () => {
    for (const path of [
      'workflows/x',
      'workflows/x/versions',
      'workflows/x/versions/1',
      'workflows/x/cases',
      'workflows/x/export',
      'workflows/x/before-publish',
      'workflows/x/diff?from=1&to=draft',
      'orders/x',
      'runs/x',
      'connections/x',
      'warehouses/x',
    ])
      expect(await product.get(`/api/${path}`), path).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      })
    for (const path of [
      'runs/x/retry',
      'quarantine/x/discard',
      'outbox/x/retry',
      'connections/x/poll',
      'workflows/x/pause',
      'workflows/x/publish',
      'workflows/x/duplicate',
      'workflows/x/cases/run',
      'workflows/x/versions/1/restore',
      'workflows/x/versions/1/republish',
    ])
      expect(await product.post(`/api/${path}`), path).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      })
    expect(await product.post('/api/tasks/x/decide', { choice: 'done' })).toMatchObject({ status: 404 })
    expect(await product.get(`/api/runs/${'x'.repeat(400)}`)).toMatchObject({ status: 404 })
    expect((await product.get(`/api/runs/${'x'.repeat(5_000)}`)).status).toBeLessThan(500)
    expect((await product.get('/api/runs/%E0%A4%A')).status).toBeLessThan(500)
  })
})

describe('other pages', () => {
  it('cannot make requests, neither by name nor by origin', async () => {
    const refused = { status: 403, body: { code: 'ORIGIN_REFUSED' } }
    const post = (headers: Record<string, string>) =>
      product.send({ method: 'POST', url: '/api/demo', headers })
    expect(await post({ origin: 'http://evil.example' })).toMatchObject(refused)
    expect(await post({ host: 'rebound.example' })).toMatchObject(refused)
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toMatchObject(refused)
    expect(
      await product.send({ method: 'GET', url: '/api/orders', headers: { host: 'rebound.example' } }),
    ).toMatchObject(refused)
  })

  it('are told by headers to keep away', async () => {
    const { headers } = await product.get('/docs')
    expect(headers['content-security-policy']).toMatch(/default-src 'self'/)
    expect(headers['content-security-policy']).not.toMatch(/upgrade-insecure-requests/)
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-frame-options']).toBe('SAMEORIGIN')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('are told of every answer of the API that it is nothing but JSON', async () => {
    for (const path of ['/api/health', '/api/orders/nobody', '/api/unknown']) {
      const { headers } = await product.get(path)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-type']).toMatch(/^application\/json/)
    }
  })
})

describe('the editor', () => {
  it('answers its page for addresses of its own, never for the API', async () => {
    const page = await product.send({
      method: 'GET',
      url: '/orders/some-id',
      headers: { accept: 'text/html,*/*' },
    })
    expect(page.headers['content-type']).toMatch(/text\/html/)
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(
      await product.send({ method: 'GET', url: '/orders/some-id', headers: { accept: 'application/json' } }),
    ).toMatchObject({ status: 404 })
    expect(
      await product.send({ method: 'POST', url: '/orders/some-id', headers: { accept: 'text/html' } }),
    ).toMatchObject({ status: 404 })
  })

  it('does not serve files from outside its folder', async () => {
    for (const url of [
      '/../package.json',
      '/..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/.env',
    ])
      expect((await product.get(url)).status, url).toBeGreaterThanOrEqual(400)
  })
})

describe('roles', () => {
  it('stand on every route of the API', async () => {
    const { paths = {} } = product.app.swagger() as {
      paths?: Record<string, Record<string, { 'x-role'?: string }>>
    }
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, each]) => ({ path, method, role: each['x-role'] })),
    )
    expect(operations.length).toBeGreaterThan(35)
    for (const { path, method, role } of operations) {
      expect(['viewer', 'operator', 'builder', 'admin'], `${method} ${path}`).toContain(role)
      if (method !== 'get' && !path.endsWith('/check')) expect(role, `${method} ${path}`).not.toBe('viewer')
    }
  })

  it('cannot be forgotten: such a route does not start', async () => {
    expect(() => product.app.get('/api/forgotten', async () => 'x')).toThrow()
  })

  it('come later, so until then the server listens on this machine only', async () => {
    for (const host of ['0.0.0.0', '192.168.1.2', '::'])
      await expect(
        buildApp({ ...product.services, config: { ...product.services.config, host } }),
      ).rejects.toMatchObject({ code: 'HOST_NOT_LOOPBACK' })
  })
})

describe('the API docs', () => {
  it('describe every route with its role', async () => {
    expect((await product.get('/docs/json')).body).toMatchObject({
      openapi: '3.1.0',
      info: { version: packageJson.version },
    })
    const page = await product.send({ method: 'GET', url: '/docs/', headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(String(page.body)).toContain('swagger')
  })
})
