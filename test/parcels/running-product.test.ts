import { afterAll, beforeAll, expect, it } from 'vitest'
import { type SfSimulator, sfSimulator } from '../../connectors/sf/simulator.ts'
import { type SimulatorServer, serveSimulators } from '../../connectors/simulators/serve.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf, plainConnection } from '../support/warehouse-shop.ts'

let product: ProductRoom
let simulators: SimulatorServer
let sf: SfSimulator

const intakeWorkflow: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: { orders: 'any' } },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    { id: 'end', type: 'flow.end', params: { outcome: 'shipped', orderStatus: 'shipped' } },
    { id: 'broken', type: 'flow.end', params: { outcome: 'quarantined', orderStatus: 'quarantined' } },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'end' },
    { from: 'map', port: 'invalid', to: 'broken' },
  ],
}

beforeAll(async () => {
  sf = sfSimulator()
  simulators = await serveSimulators([sf], 0)
  product = await openProduct({ OUTGOING_ALLOW: new URL(simulators.url).host })
  const { name, channel, shop, identity, mapping } = plainConnection()
  const fields = [
    ...(mapping as { fields: object[] }).fields,
    ...['status', 'carrier', 'waybill'].map(to => ({ to, from: to })),
  ]
  await product.put('/api/connections/plain', { name, channel, shop, identity, mapping: { fields } })
  await product.post('/api/workflows', { id: 'orders', name: '收单', graph: intakeWorkflow })
  await product.post('/api/workflows/orders/publish', { note: '首次' })
  const { settings, credentials } = sf.access(simulators.url)
  await product.put('/api/connections/sf', { name: '顺丰', connector: 'sf', settings, credentials })
  const made = await product.post('/api/templates/fulfilment/parcel-watcher/workflows', { values: {} })
  await product.post(`/api/workflows/${made.body.id}/publish`, { note: '首次' })
  sf.push!.target = `${product.url}/api/push/sf`
})
afterAll(async () => {
  await product.close()
  await simulators.close()
})

const items = async (path: string) =>
  (await product.get(path)).body.items as unknown as Record<string, unknown>[]

it('follows an order from its waybill to its door: what SF pushes becomes a task, then the status of the order', async () => {
  const order = { ...documentOf(aPlainOrder()), status: 'shipped', carrier: 'sf', waybill: 'SF0000000000001' }
  await product.decide(order)
  await eventually(
    'the parcel is followed',
    async () => (await items('/api/parcels?order=plain:A1')).length === 1,
  )

  sf.parcels.move('SF0000000000001', 'exception', new Date(Date.now() - 60_000))
  await sf.pushed()
  await eventually(
    'customer service is told',
    async () => (await items('/api/tasks?status=open')).length === 1,
  )
  expect((await items('/api/tasks?status=open'))[0]).toMatchObject({
    title: '包裹派送异常：A1',
    assignee: '客服',
    order: 'plain:A1',
  })

  sf.parcels.move('SF0000000000001', 'signed')
  await sf.pushed()
  await eventually(
    'the order is signed for',
    async () => (await items('/api/orders'))[0]?.status === 'signed',
  )
  const parcel = (await product.get('/api/parcels/sf:SF0000000000001')).body
  expect(parcel).toMatchObject({ state: 'signed', nodes: [{ state: 'signed' }, { state: 'exception' }] })
  // Its runs stand beside those of the order, which keeps its own decision.
  const shown = (await product.get('/api/orders/plain:A1')).body
  expect(shown.runs).toHaveLength(3)
  expect(shown).toMatchObject({ outcome: 'shipped', status: 'signed' })
})
