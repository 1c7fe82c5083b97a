import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectTo, type ServerClient } from '../../examples/stage/server-client.ts'
import { freePort, type ServerProcess, startServer } from '../../examples/stage/server-process.ts'
import { settled } from '../../examples/stage/settle.ts'
import type { OrderView, QuarantineView } from '../../examples/stage/views.ts'
import { orderStream, setUpShop } from '../../examples/three-channels/shop.ts'
import { tell } from './tell.ts'

describe('the demo shop on a running server', () => {
  let process: ServerProcess
  let platforms: string
  let server: ServerClient
  beforeAll(async () => {
    platforms = String(await freePort())
    process = await startServer({ OUTGOING_ALLOW: `127.0.0.1:${platforms}` })
    server = connectTo(process.url)
  })
  afterAll(() => process.stop())

  it('is set up once, however often it is asked for', async () => {
    const state = async () => ({
      stock: await server.all('/api/stock'),
      warehouses: await server.all('/api/warehouses'),
      connections: (await server.all<{ id: string }>('/api/connections')).map(each => each.id),
      versions: await server.all('/api/workflows/suyi-orders/versions'),
    })
    await setUpShop(server)
    const first = await state()
    await setUpShop(server)
    expect(await state()).toEqual(first)
    expect(first.versions).toHaveLength(1)
    expect(first.connections).toEqual(['suyi-douyin', 'suyi-pinduoduo', 'suyi-supplier', 'suyi-taobao'])
  })

  it('takes the documents of its stream as parsed JSON too, ids digit for digit, the cut-off ones in quarantine', async () => {
    const deliveries = [...orderStream(9_001)].slice(0, 400)
    const cutOff = deliveries.filter(each => typeof each.document === 'string')
    expect(cutOff.length).toBeGreaterThan(0)
    for (const connection of new Set(deliveries.map(each => each.connection))) {
      const documents = deliveries.filter(each => each.connection === connection).map(each => each.document)
      await server.request('POST', `/api/intake/${connection}`, documents)
    }
    await settled(server)
    const ids = (await server.all<OrderView>('/api/orders')).map(each => each.orderId)
    expect(ids.length).toBeGreaterThan(350)
    for (const id of ids) expect(id).toMatch(/^(41234|69200)9001\d{6}(5678|0001)$|^\d{6}-9001\d{6}12345$/)
    const refused = (await server.all<QuarantineView>('/api/quarantine')).filter(
      each => each.problems[0]?.field === '',
    )
    expect(refused).toHaveLength(cutOff.length)
    const latest = Math.max(
      ...deliveries.map(each => Date.parse(orderedAt(each.document) ?? '')).filter(Number.isFinite),
    )
    expect(latest).toBeLessThan(Date.now())
  })

  it('can be told twice on one server: the second time everything is a repeat, and all of it still holds', async () => {
    for (const time of ['first', 'second']) {
      const { code, output } = await tell('three-channels', '--orders', '60', '--url', process.url, platforms)
      expect(code, `${time} time: ${output}`).toBe(0)
    }
  })

  it('takes documents as before when the story is over, which paused its connections', async () => {
    const connectors = async () =>
      (await server.all<{ id: string; connector: string; enabled: boolean }>('/api/connections'))
        .filter(each => each.id !== 'suyi-supplier')
        .map(({ connector, enabled }) => [connector, enabled])
    expect(await connectors()).toEqual([
      ['douyin', false],
      ['pinduoduo', false],
      ['taobao', false],
    ])
    await setUpShop(server)
    expect(await connectors()).toEqual(Array.from({ length: 3 }, () => ['intake', true]))
    const { connection, document } = orderStream(9_002).next().value!
    const answer = await server.request('POST', `/api/intake/${connection}`, [document])
    expect(answer.status).toBe(202)
  })
})

function orderedAt(document: unknown): string | undefined {
  const { created, created_time: createdTime } = document as { created?: string; created_time?: string }
  const local = created ?? createdTime
  return local && `${local.replace(' ', 'T')}+08:00`
}
