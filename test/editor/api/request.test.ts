import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import i18next from 'i18next'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { query, RequestFailure, request } from '../../../editor/api/request.ts'
import { startWords } from '../../../editor/i18n/i18n.ts'
import { failureText, inLanguage } from '../../../editor/parts/failure-text.ts'
import { stillWrong } from '../../../editor/tasks/use-mend.ts'

const answers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  '/api/good': [200, '{"id":6920000000000088123}'],
  '/api/empty': [204, ''],
  '/api/missing': [404, '{"code":"NOT_FOUND","message":"找不到订单“a / b” / No order \\"a / b\\""}'],
  '/api/busy': [503, '{"code":"BUSY","message":""}'],
  '/api/proxy': [502, '<html>Bad gateway</html>'],
  '/api/garbled': [200, '<html>'],
  '/api/wrong': [
    400,
    '{"code":"BODY_INVALID","message":"仍有问题 / still wrong","details":{"index":0,"quarantine":"q2","problems":[{"field":"phone"}]}}',
  ],
}

let server: Server
let origin = ''

beforeAll(async () => {
  startWords('zh')
  server = createServer((asked, answer) => {
    if (asked.url === '/api/echo') {
      answer.setHeader('x-type', asked.headers['content-type'] ?? 'none')
      asked.pipe(answer)
      return
    }
    const [status, body] = answers[asked.url ?? ''] ?? [500, '']
    answer.writeHead(status).end(body)
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // A browser completes addresses by the page's origin; here the real fetch gets a real one.
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => real(origin + path, init))
})

afterAll(async () => {
  vi.unstubAllGlobals()
  await new Promise(closed => server.close(closed))
})

async function failureOf(path: string): Promise<RequestFailure> {
  const failure: unknown = await request(path).catch((caught: unknown) => caught)
  expect(failure).toBeInstanceOf(RequestFailure)
  return failure as RequestFailure
}

const told = async (path: string, language: 'zh' | 'en') =>
  failureText(await failureOf(path), i18next.getFixedT(language), language)

describe('a request to the server', () => {
  it('reads an answer without losing digits of long ids', async () => {
    const answer = await request<{ id: unknown }>('/good')
    expect(String(answer.id)).toBe('6920000000000088123')
    expect(await request('/empty')).toBeUndefined()
  })

  it('sends what it is given, and no content type where there is nothing to send', async () => {
    expect(await request('/echo', { method: 'POST', body: { body: '{"a":1}' } })).toEqual({ body: '{"a":1}' })
    expect(await request('/echo', { method: 'POST' })).toBeUndefined()
  })

  it('tells a refusal in the language on screen', async () => {
    expect(await told('/missing', 'zh')).toBe('找不到订单“a / b”')
    expect(await told('/missing', 'en')).toBe('No order "a / b"')
  })

  it('finds its own words where the server has none', async () => {
    expect(await told('/busy', 'zh')).toContain('服务器正忙')
    expect(await told('/proxy', 'zh')).toContain('HTTP_502')
    expect(await told('/garbled', 'zh')).toContain('UNREADABLE')
  })

  it('knows a server that does not answer', async () => {
    const failure = failureText(new RequestFailure(0, 'UNREACHABLE', 'x'), i18next.getFixedT('en'), 'en')
    expect(failure).toContain('did not answer')
  })

  it('hands on what is still wrong with a mended message', async () => {
    expect(stillWrong(await failureOf('/wrong'))?.quarantine).toBe('q2')
    expect(stillWrong(await failureOf('/missing'))).toBeUndefined()
    expect(stillWrong(new Error('other'))).toBeUndefined()
  })
})

describe('parts of an address', () => {
  it('leave out what has no value and escape what needs it', () => {
    expect(query({ q: '淘宝 1', status: undefined, shop: '', limit: 50, duplicates: false })).toBe(
      '?q=%E6%B7%98%E5%AE%9D+1&limit=50&duplicates=false',
    )
    expect(query({ q: undefined })).toBe('')
  })
})

describe('a message in two languages', () => {
  it('is shown whole where it cannot be parted', () => {
    expect(inLanguage('只有中文', 'en')).toBe('只有中文')
    expect(inLanguage('a / b / c', 'zh')).toBe('a / b / c')
  })
})
