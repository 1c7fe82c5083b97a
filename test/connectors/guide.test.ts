import { readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Connector } from '../../connectors/connector.ts'
import { ConnectorError } from '../../connectors/kit/fault.ts'
import { simFaults } from '../../connectors/simulators/faults.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import { anEvent } from '../../server/nodes/example-order.ts'
import { compileMapping } from '../../server/nodes/mapping/compile.ts'
import type { Mapping } from '../../server/nodes/mapping/mapping.ts'
import { connectorRoom } from './support/connector-room.ts'

const guide = readFileSync(new URL('../../connectors/README.md', import.meta.url), 'utf8')
const folder = new URL(`../../connectors/guide-${process.pid}/`, import.meta.url)
let connector: Connector

beforeAll(async () => {
  const [code] = /(?<=```ts\n)[\s\S]*?(?=```)/.exec(guide)!
  await mkdir(folder)
  await writeFile(new URL('connector.ts', folder), code!)
  connector = ((await import(new URL('connector.ts', folder).href)) as { default: Connector }).default
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const order = (no: string) => ({
  no,
  changed: '2026-11-22 10:00:00',
  name: '王小明',
  phone: '13800138000',
  address: '浙江省杭州市余杭区文一西路969号',
  paid: '39.90',
  placed: '2026-11-22 09:58:00',
  lines: [{ sku: 'MUG-350', count: 1 }],
})

/** The shop at the corner: one endpoint, one key. */
function cornerShop(orders: readonly object[]): Simulator {
  return {
    id: 'corner-shop',
    name: { zh: '街角小店', en: 'Corner shop' },
    faults: simFaults(),
    mount(app: FastifyInstance) {
      app.get('/orders', (request, reply) =>
        request.headers.authorization === 'Bearer key-0123456789' ? { orders } : reply.code(401).send('no'),
      )
    },
    access: url => ({ settings: { gateway: url }, credentials: { shop: '7', key: 'key-0123456789' } }),
  }
}

it('the connector of the guide polls a shop, and its orders become unified orders', async () => {
  const room = await connectorRoom({ connector, simulator: cornerShop([order('C1'), order('C2')]) })
  await room.poll()
  expect([...room.orders().keys()]).toEqual(['C1', 'C2'])
  expect(room.cursors.has('orders')).toBe(true)
  const { map } = compileMapping(connector.defaults!.mapping as Mapping)
  expect(map!(room.orders().get('C1'), anEvent()).order).toMatchObject({
    orderId: 'C1',
    order_customer_name: '王小明',
    address: { city: '杭州市' },
    paidFen: 3_990,
    items: [{ sku: 'MUG-350', quantity: 1 }],
  })
  await room.close()
})

it('the connector of the guide says that its key is wrong, without showing it', async () => {
  const room = await connectorRoom({
    connector,
    simulator: cornerShop([]),
    credentials: { key: 'wrong-9876543210' },
  })
  const failure = await room.poll().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ConnectorError)
  expect((failure as ConnectorError).fault.class).toBe('credentials')
  expect(JSON.stringify((failure as ConnectorError).fault)).not.toContain('9876543210')
  await room.close()
})

it('every connector of the product is told of in the guide', async () => {
  const { connectors } = await import('../../connectors/index.ts')
  const rows = guide.slice(guide.indexOf('|---'), guide.indexOf('## Ten'))
  for (const id of connectors.keys()) {
    const folderName = id.replace('alibaba-', 'alibaba').replace('wecom-robot', 'wecom')
    expect(rows).toContain(`\`${folderName}\``)
  }
})
