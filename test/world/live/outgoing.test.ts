import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  checkTarget,
  isPublicAddress,
  PrivateAddressError,
} from '../../../server/world/live/outgoing-address.ts'
import { outgoingCalls } from '../../../server/world/live/outgoing-call.ts'

describe('addresses an outward call may reach', () => {
  it.each(['8.8.8.8', '2001:4860:4860::8888'])('%s is public', address => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    'fc00::1',
    'fe80::1',
    'nonsense',
  ])('%s is not', address => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'ftp://example.com/',
    'file:///etc/passwd',
  ])('refuses %s', url => {
    expect(() => checkTarget(new URL(url), [])).toThrow(PrivateAddressError)
  })

  it('lets through what is listed, and only on that port', () => {
    expect(() => checkTarget(new URL('http://127.0.0.1:9000/x'), ['127.0.0.1:9000'])).not.toThrow()
    expect(() => checkTarget(new URL('http://127.0.0.1:9001/x'), ['127.0.0.1:9000'])).toThrow(
      PrivateAddressError,
    )
  })
})

describe('an outward call', () => {
  let server: Server
  let port: number
  let answer = { status: 200, headers: {} as Record<string, string> }
  const keys: unknown[] = []
  beforeAll(async () => {
    server = createServer((request, response) => {
      keys.push(request.headers['idempotency-key'])
      request.resume().on('end', () => response.writeHead(answer.status, answer.headers).end('{}'))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each([
    [200, {}, { kind: 'confirmed', status: 200 }],
    [429, { 'retry-after': '7' }, { kind: 'later', status: 429, afterMs: 7_000 }],
    [503, {}, { kind: 'later', status: 503 }],
    [500, {}, { kind: 'unknown' }],
    [400, {}, { kind: 'refused', status: 400 }],
    [302, { location: 'http://169.254.169.254/' }, { kind: 'refused', status: 302 }],
  ])('answered with %i says what may be done next', async (status, headers, expected) => {
    answer = { status, headers: headers as Record<string, string> }
    const calls = outgoingCalls([`127.0.0.1:${port}`])
    expect(await calls.post(`http://127.0.0.1:${port}/`, 'key-1', {})).toMatchObject(expected)
    expect(keys.at(-1)).toBe('key-1')
    await calls.close()
  })

  it('to a name that leads to this machine is refused before anything is sent', async () => {
    const calls = outgoingCalls([])
    const before = keys.length
    expect(await calls.post(`http://localhost:${port}/`, 'key-2', {})).toMatchObject({ kind: 'refused' })
    expect(keys.length).toBe(before)
    await calls.close()
  })

  it('that nobody listens to surely did nothing', async () => {
    const calls = outgoingCalls(['127.0.0.1:1'])
    expect(await calls.post('http://127.0.0.1:1/', 'key-3', {})).toMatchObject({ kind: 'later' })
    expect(await calls.post('not a url', 'key-4', {})).toMatchObject({ kind: 'refused' })
    await calls.close()
  })
})
