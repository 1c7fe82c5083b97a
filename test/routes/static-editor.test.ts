import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerErrors } from '../../server/routes/error-handler.ts'
import { serveEditor } from '../../server/routes/static-editor.ts'

let folder: string
let built: FastifyInstance
let missing: FastifyInstance

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderloom-editor-'))
  await mkdir(join(folder, 'dist/assets'), { recursive: true })
  await writeFile(join(folder, 'dist/index.html'), '<p>editor</p>')
  await writeFile(join(folder, 'dist/assets/main-3f9a.js'), 'void 0')
  await writeFile(join(folder, 'dist/icon.svg'), '<svg/>')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  built = await appOn(join(folder, 'dist'))
  missing = await appOn(join(folder, 'nowhere'))
})
afterAll(async () => {
  await Promise.all([built.close(), missing.close()])
  await rm(folder, { recursive: true })
})

async function appOn(dir: string): Promise<FastifyInstance> {
  const app = Fastify()
  answerErrors(app, 1_000)
  await serveEditor(app, dir)
  await app.ready()
  return app
}

const page = (app: FastifyInstance, url: string, accept = 'text/html') =>
  app.inject({ url, headers: { accept } })

describe('the built editor', () => {
  it('is asked for anew each time, its hashed assets never again', async () => {
    expect((await page(built, '/')).headers['cache-control']).toBe('no-cache')
    expect((await page(built, '/icon.svg', '*/*')).headers['cache-control']).toBe('no-cache')
    const asset = await page(built, '/assets/main-3f9a.js', '*/*')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(asset.headers['content-type']).toMatch(/javascript/)
  })

  it('answers its page for any address of its own, but not for the API or for a missing asset', async () => {
    for (const url of ['/', '/orders', '/workflows/wf_1/versions/2?x=1']) {
      const answer = await page(built, url)
      expect([answer.statusCode, answer.body], url).toEqual([200, '<p>editor</p>'])
    }
    for (const url of ['/api', '/api/x', '/docs/x', '/socket.io/x'])
      expect((await page(built, url)).statusCode, url).toBe(404)
    expect((await page(built, '/assets/old-hash.js', '*/*')).json()).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('gives away nothing beside its folder', async () => {
    for (const url of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
    ])
      expect((await page(built, url, '*/*')).body, url).not.toBe('secret')
  })

  it('is told how to build where it is missing', async () => {
    const answer = await page(missing, '/orders')
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('npm run build:editor')
    expect((await page(missing, '/orders', 'application/json')).statusCode).toBe(404)
  })
})
