import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SERVER } from '../support/built-server.ts'
import { buildServer, START_ARGUMENTS } from '../support/npm-start.ts'
import { eventually } from '../support/store-room.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
const children: ChildProcess[] = []

afterAll(async () => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  await rm(dataDir, { recursive: true, force: true })
})

function start(env: Record<string, string>, entry = [SERVER]) {
  const child = spawn(process.execPath, entry, {
    env: { ...process.env, MONGODB_URI: '', LOG_LEVEL: 'warn', DATA_DIR: dataDir, HOST: '127.0.0.1', ...env },
  })
  children.push(child)
  let printed = ''
  child.stdout.on('data', chunk => (printed += String(chunk)))
  child.stderr.on('data', chunk => (printed += String(chunk)))
  return {
    child,
    printed: () => printed,
    ready: () =>
      eventually(
        'the server is ready',
        () => /http:\/\/127\.0\.0\.1:\d+/.test(printed) || child.exitCode !== null,
        60_000,
      ),
    ended: async () =>
      child.exitCode === null ? ((await once(child, 'exit'))[0] as number | null) : child.exitCode,
  }
}

const urlOf = (printed: string) => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)![0]

describe('the server process', () => {
  let again: ReturnType<typeof start>

  it('says where it is in both languages, keeps what it accepted over SIGTERM, and starts again', async () => {
    buildServer()
    const first = start({ PORT: '0' }, START_ARGUMENTS)
    await first.ready()
    expect(first.printed()).toMatch(/织单已就绪.*Orderloom is ready/)
    const url = urlOf(first.printed())
    const send = (path: string, method: string, body: unknown) =>
      fetch(`${url}${path}`, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    expect((await send('/api/connections/shop', 'PUT', { identity: { orderId: ['id'] } })).status).toBe(200)
    expect((await send('/api/intake/shop', 'POST', [{ id: 'A1' }, { id: 'A2' }])).status).toBe(202)
    // A client that never hangs up must not keep it alive.
    const held = fetch(`${url}/api/health`, { headers: { connection: 'keep-alive' } })
    await (await held).text()
    const began = Date.now()
    first.child.kill('SIGTERM')
    expect(await first.ended()).toBe(0)
    expect(Date.now() - began).toBeLessThan(10_000)

    again = start({ PORT: '0' })
    await again.ready()
    const events = (await (await fetch(`${urlOf(again.printed())}/api/events`)).json()) as {
      items: { orderId: string }[]
    }
    expect(events.items.map(each => each.orderId).sort()).toEqual(['A1', 'A2'])
  })

  it('refuses to start where another one works, a port is taken, or a setting makes no sense, and says why', async () => {
    const url = urlOf(again.printed())
    const other = await mkdtemp(join(tmpdir(), 'orderloom-'))
    const sameFolder = start({ PORT: '0' })
    const samePort = start({ PORT: url.split(':').at(-1)!, DATA_DIR: other })
    expect(await sameFolder.ended()).toBe(1)
    expect(sameFolder.printed()).toMatch(/启动失败.*Could not start/)
    expect(sameFolder.printed()).toContain(dataDir)
    expect(sameFolder.printed()).not.toMatch(/\n\s+at /)
    expect((await fetch(`${url}/api/health`)).status).toBe(200)

    expect(await samePort.ended()).toBe(1)
    expect(samePort.printed()).toContain(url.split(':').at(-1)!)
    const noNumber = start({ PORT: 'many', DATA_DIR: other })
    const open = start({ HOST: '0.0.0.0', PORT: '0', DATA_DIR: other })
    expect(await noNumber.ended()).toBe(1)
    expect(noNumber.printed()).toMatch(/PORT must be a number/)
    expect(await open.ended()).toBe(1)
    expect(open.printed()).toMatch(/HOST.*127\.0\.0\.1/)
    await rm(other, { recursive: true, force: true })
  })

  it('ends on SIGINT as on SIGTERM', async () => {
    again.child.kill('SIGINT')
    expect(await again.ended()).toBe(0)
  })

  it('says so when MongoDB cannot be reached', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as { port: number }
    probe.close()
    const server = start({
      PORT: '0',
      MONGODB_URI: `mongodb://127.0.0.1:${port}/orderloom?serverSelectionTimeoutMS=500`,
    })
    expect(await server.ended()).toBe(1)
    expect(server.printed()).toMatch(/启动失败/)
  })
})
