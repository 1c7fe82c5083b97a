import { describe, expect, it } from 'vitest'
import { depthOf } from '../../server/intake/json-depth.ts'
import { adaptivelyCached } from '../../server/routes/adaptive-cache.ts'
import { isLoopback, isSameOrigin } from '../../server/same-origin.ts'
import { visitKey } from '../../server/schedule/visit-key.ts'

describe('depth of a JSON text', () => {
  it('counts brackets outside strings, without parsing', () => {
    expect(depthOf('1')).toBe(0)
    expect(depthOf('{"a":[{}]}')).toBe(3)
    expect(depthOf('{"[[[":"\\"[[["}')).toBe(1)
    expect(depthOf('['.repeat(100_000))).toBe(100_000)
  })
})

describe('same origin', () => {
  it('knows addresses that are this machine only', () => {
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', 'LOCALHOST'])
      expect(isLoopback(host)).toBe(true)
    for (const host of ['0.0.0.0', '192.168.1.2', '::', '127.evil.example', 'localhost.evil.example', ''])
      expect(isLoopback(host)).toBe(false)
  })

  it('lets our own pages and programs in, and nobody else', () => {
    const host = 'localhost:3000'
    expect(isSameOrigin({ host })).toBe(true)
    expect(isSameOrigin({ host, origin: 'http://localhost:3000' })).toBe(true)
    expect(isSameOrigin({ host: '[::1]:3000' })).toBe(true)
    expect(isSameOrigin({ host, origin: 'http://evil.example' })).toBe(false)
    expect(isSameOrigin({ host, origin: 'http://localhost:9999' })).toBe(false)
    expect(isSameOrigin({ host, origin: 'null' })).toBe(false)
    expect(isSameOrigin({ host, 'sec-fetch-site': 'cross-site' })).toBe(false)
    expect(isSameOrigin({ host: 'rebound.example:3000' })).toBe(false)
  })
})

describe('costly reads', () => {
  it('are fresh as long as they are cheap', async () => {
    let reads = 0
    const read = adaptivelyCached(async () => ++reads)
    expect([await read(), await read()]).toEqual([1, 2])
  })

  it('rest twenty times as long as they took, and are shared by all who ask meanwhile', async () => {
    let now = 0
    let reads = 0
    const read = adaptivelyCached(
      async () => {
        now += 100
        return ++reads
      },
      () => now,
    )
    expect(await Promise.all([read(), read()])).toEqual([1, 1])
    now += 1_999
    expect(await read()).toBe(1)
    now += 2
    expect(await read()).toBe(2)
  })

  it('are tried again after they failed', async () => {
    let fails = true
    const read = adaptivelyCached(async () => {
      if (fails) throw new Error('the store is away')
      return 1
    })
    await expect(read()).rejects.toThrow('away')
    fails = false
    expect(await read()).toBe(1)
  })
})

describe('the visit an effect came from', () => {
  it('is its key without the number of the effect', () => {
    expect(visitKey('e/wf@1/ask/0')).toBe('e/wf@1/ask/0')
    expect(visitKey('e/wf@1/ask/12.3')).toBe('e/wf@1/ask/12')
    expect(visitKey('e.7/wf@1/ask/0.1')).toBe('e.7/wf@1/ask/0')
  })
})
