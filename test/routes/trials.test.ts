import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestRun } from '../../server/simulate/test-run.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 5 }, ningbo: { 'MILK-1': 40 } })
  await product.decide(documentOf(aPlainOrder({ id: 'A1', quantity: 3 })))
  await product.decide(documentOf(aPlainOrder({ id: 'A2', quantity: 2, orderedAt: '2026-10-01 10:01:00' })))
  await product.decide(documentOf(aPlainOrder({ id: 'A3', quantity: 2, phone: '13800000003' })))
  await product.decide(documentOf(aPlainOrder({ id: 'A4', quantity: 2, phone: '13800000004' })))
  await product.decide(documentOf(aPlainOrder({ id: 'A5', sku: 'GONE', phone: '13800000005' })))
})
afterAll(() => product.close())

/** Everything the store holds, but for what the workflow says of its last test. */
async function everything(): Promise<string> {
  const { connection } = product.services.store
  const names = Object.keys(connection.collections).sort()
  const all = await Promise.all(
    names
      .filter(name => name !== 'lanes')
      .map(async name => [name, await connection.collection(name).find({}).sort({ _id: 1 }).toArray()]),
  )
  return JSON.stringify(all, (key, value: unknown) => (key === 'tested' ? undefined : value))
}

const tryOn = (on: object, graph?: unknown) =>
  product.post('/api/workflows/warehouse/test', { on, ...(graph === undefined ? {} : { graph }) })
const runsOf = (body: unknown) => (body as { runs: TestRun[] }).runs

/** The shop's workflow without the own warehouse: whatever another one has is transferred. */
const withoutOwn: WorkflowGraph = {
  ...warehouseWorkflow,
  nodes: warehouseWorkflow.nodes.map(node => {
    if (node.id !== 'table') return node
    const [own, ...rest] = node.params.rows as { when: unknown }[]
    return {
      ...node,
      params: {
        ...node.params,
        rows: [{ ...own, when: { '>=': [{ var: 'stock.own.available' }, 1_000] } }, ...rest],
      },
    }
  }),
}

const waiting: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    { id: 'wait', type: 'time.wait', label: '等半小时', params: { waitMinutes: 30 } },
    { id: 'end', type: 'flow.end', params: { outcome: 'late', orderStatus: 'late', label: '到点' } },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'wait' },
    { from: 'map', port: 'invalid', to: 'end' },
    { from: 'wait', port: 'due', to: 'end' },
    { from: 'wait', port: 'moved', to: 'end' },
  ],
}

describe('a test', () => {
  it('of a past order comes out as it did live: its own hold, sighting and order are taken back', async () => {
    for (const [id, outcome] of [
      ['A1', 'ship'],
      ['A2', 'duplicate'],
      ['A3', 'ship'],
      ['A4', 'transfer'],
      ['A5', 'backorder'],
    ] as const) {
      const { status, body } = await tryOn({ kind: 'order', order: `plain:${id}` })
      expect(status).toBe(200)
      const [run] = runsOf(body)
      expect(run, id).toMatchObject({ orderId: id, status: 'done', outcome, before: { outcome } })
      expect(body, id).toMatchObject({ total: 1, changed: 0, failed: 0 })
    }
  })

  it('of the last orders runs them one after another on one world without their traces', async () => {
    const { body } = await tryOn({ kind: 'last', count: 1_000 })
    expect(body).toMatchObject({
      total: 5,
      changed: 0,
      outcomes: [
        { outcome: 'ship', count: 2, before: 2 },
        { outcome: 'duplicate', count: 1, before: 1 },
        { outcome: 'transfer', count: 1, before: 1 },
        { outcome: 'backorder', count: 1, before: 1 },
      ].sort((a, b) => b.count - a.count),
      nodes: {
        received: { in: 5, ports: { received: 5 } },
        dedup: { in: 5, ports: { unique: 4, duplicate: 1 } },
      },
    })
    expect(runsOf(body).map(run => run.orderId)).toEqual(['A1', 'A2', 'A3', 'A4', 'A5'])
  })

  it('of a changed drawing says how many come out otherwise, and each order with before and after', async () => {
    const { body } = await tryOn({ kind: 'last', count: 1_000 }, withoutOwn)
    expect(body).toMatchObject({ total: 5, changed: 2 })
    expect(runsOf(body).find(run => run.orderId === 'A1')).toMatchObject({
      outcome: 'transfer',
      before: { outcome: 'ship' },
    })
  })

  it('touches nothing: everything in the store is as it was', async () => {
    const before = await everything()
    await tryOn({ kind: 'last', count: 1_000 })
    await tryOn({ kind: 'order', order: 'plain:A1' }, withoutOwn)
    await tryOn({ kind: 'document', connection: 'plain', document: documentOf(aPlainOrder({ id: 'X1' })) })
    await tryOn({ kind: 'document', connection: 'plain', document: { id: 'X2' } })
    expect(await everything()).toBe(before)
    expect((await product.get('/api/stock/proof')).body).toMatchObject({ agrees: true })
  })

  it('tells step by step what came in, what changed and what it would do, buyers masked', async () => {
    const document = documentOf(aPlainOrder({ id: 'X3', quantity: 2, phone: '13612345678', name: '李小红' }))
    const { body } = await tryOn({ kind: 'document', connection: 'plain', document })
    const [run] = runsOf(body)
    const step = (node: string) => run!.steps.find(each => each.node === node)!
    expect(step('hold-near').effects).toEqual([
      { zh: '从宁波仓锁定 MILK-1 2 件', en: 'Hold 2 MILK-1 at 宁波仓' },
    ])
    expect(step('transfer').effects[0]!.zh).toMatch(
      /^从宁波仓调拨 MILK-1 2 件 到杭州仓，\d{4}-\d\d-\d\d 到货$/,
    )
    expect(step('map').input).toHaveProperty('source')
    expect(step('map').changes).toContainEqual({ path: 'order.orderId', after: 'X3' })
    expect(step('map').changes).toContainEqual({ path: 'order.phone', after: '136****5678' })
    expect(step('stock').input).toMatchObject({ order: { phone: '136****5678' } })
    expect(step('stock').input).not.toHaveProperty('source')
    expect(step('table').portNames[0]!.zh).toBe('近仓调拨')
    expect(JSON.stringify(body)).not.toContain('13612345678')
    expect(JSON.stringify(body)).not.toContain('李小红')
  })

  it('of a run that waits says what it waits for', async () => {
    const { body } = await tryOn({ kind: 'order', order: 'plain:A1' }, waiting)
    const [run] = runsOf(body)
    expect(run).toMatchObject({ status: 'waiting', outcome: 'waiting' })
    expect(run!.sentence.zh).toContain('等待:等半小时')
    expect(run!.steps.at(-1)!.effects[0]!.zh).toMatch(/^定时到 \d{4}-/)
  })

  it('of a run that came to wait live as well is no change, also once somebody let that one go on', async () => {
    const { body: kept } = await product.get('/api/workflows/warehouse')
    const asking = {
      ...warehouseWorkflow,
      nodes: warehouseWorkflow.nodes.map(node =>
        node.id === 'backorder'
          ? { ...node, params: { ...node.params, wait: true, choices: [{ port: 'created', name: '等' }] } }
          : node,
      ),
    }
    await product.put('/api/workflows/warehouse/draft', { graph: asking, rev: kept.draftRev })
    await product.post('/api/workflows/warehouse/publish')
    await product.decide(documentOf(aPlainOrder({ id: 'W1', sku: 'GONE', phone: '13800000009' })))
    const once = await tryOn({ kind: 'order', order: 'plain:W1' })
    expect(once.body).toMatchObject({ changed: 0, outcomes: [{ outcome: 'waiting', count: 1, before: 1 }] })
    const [task] = (await product.get('/api/tasks')).body.items as unknown as {
      id: string
      orderId: string
    }[]
    expect(task!.orderId).toBe('W1')
    await product.post(`/api/tasks/${encodeURIComponent(task!.id)}/decide`, { choice: 'created' })
    await product.services.engine.idle()
    expect((await product.get('/api/orders/plain%3AW1')).body).toMatchObject({ outcome: 'backorder' })
    const again = await tryOn({ kind: 'order', order: 'plain:W1' })
    expect(again.body).toMatchObject({
      changed: 0,
      runs: [{ outcome: 'waiting', before: { outcome: 'waiting' } }],
    })
    const other = await tryOn({ kind: 'order', order: 'plain:W1' }, warehouseWorkflow)
    expect(other.body).toMatchObject({ changed: 0, runs: [{ outcome: 'backorder' }] })
    const { body: now } = await product.get('/api/workflows/warehouse')
    await product.put('/api/workflows/warehouse/draft', { graph: warehouseWorkflow, rev: now.draftRev })
    await product.post('/api/workflows/warehouse/publish')
  })

  it('of an order the trigger does not take says so', async () => {
    const picky = {
      ...warehouseWorkflow,
      nodes: warehouseWorkflow.nodes.map(node =>
        node.id === 'received' ? { ...node, params: { connections: ['supplier'] } } : node,
      ),
    }
    const { body } = await tryOn({ kind: 'order', order: 'plain:A1' }, picky)
    expect(runsOf(body)).toMatchObject([{ status: 'unwanted', outcome: 'unwanted', steps: [] }])
  })

  it('is refused for a drawing with errors, and for orders that are not there', async () => {
    const broken = { nodes: [{ id: 'x', type: 'no.such', params: {} }], edges: [] }
    expect(await tryOn({ kind: 'last', count: 1 }, broken)).toMatchObject({
      status: 422,
      body: { code: 'WORKFLOW_INVALID' },
    })
    expect((await tryOn({ kind: 'last', count: 1 }, 'no drawing')).status).toBe(422)
    expect((await tryOn({ kind: 'order', order: 'plain:nothing' })).status).toBe(404)
    expect((await tryOn({ kind: 'last', count: 1_001 })).status).toBe(400)
    expect((await tryOn({ kind: 'document', connection: 'nowhere', document: {} })).status).toBe(404)
    expect(await tryOn({ kind: 'document', connection: 'plain', document: { no: 1 } })).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID', details: { problems: [{ code: 'NO_ORDER_ID' }] } },
    })
    const { store } = product.services
    const order = await store.orders.findById('plain:A5').lean()
    const event = await store.events.findById(order!.firstEvent).lean()
    await store.events.deleteOne({ _id: event!._id })
    expect(await tryOn({ kind: 'order', order: 'plain:A5' })).toMatchObject({
      status: 409,
      body: { code: 'SOURCE_GONE' },
    })
    await store.events.create(event!)
  })

  it('on real orders is remembered as long as the draft does the same', async () => {
    const dialog = () => product.get('/api/workflows/warehouse/before-publish')
    await tryOn({ kind: 'last', count: 3 })
    expect((await dialog()).body).toMatchObject({ tested: { orders: 3, changed: 0 } })
    const save = async (graph: WorkflowGraph) => {
      const { body } = await product.get('/api/workflows/warehouse')
      await product.put('/api/workflows/warehouse/draft', { graph, rev: body.draftRev })
    }
    const moved = warehouseWorkflow.nodes.map(node => ({ ...node, position: { x: 1, y: 2 } }))
    await save({ ...warehouseWorkflow, nodes: moved })
    expect((await dialog()).body).toHaveProperty('tested')
    await save(withoutOwn)
    expect((await dialog()).body).not.toHaveProperty('tested')
    await save(warehouseWorkflow)
  })
})

describe('cases', () => {
  const path = '/api/workflows/warehouse/cases'
  const run = async (graph?: unknown) =>
    (await product.post(`${path}/run`, graph === undefined ? {} : { graph })).body.items as unknown as {
      name: string
      passed: boolean
    }[]

  it('keep the small world they were tried in, so they hold whatever becomes of the stock', async () => {
    const made = await product.post(path, { name: '本仓够', from: { kind: 'order', order: 'plain:A1' } })
    expect(made).toMatchObject({
      status: 201,
      body: { name: '本仓够', connection: 'plain', expect: { outcome: 'ship' } },
    })
    expect(made.body.expect!.path).toEqual(['received', 'map', 'dedup', 'stock', 'table', 'hold', 'shipped'])
    expect(JSON.stringify(made.body)).not.toContain('13800000001')
    await product.decide(documentOf(aPlainOrder({ id: 'A6', quantity: 40, phone: '13800000006' })))
    expect(await run()).toMatchObject([{ name: '本仓够', passed: true }])
    expect(await run(withoutOwn)).toMatchObject([{ name: '本仓够', passed: false }])
  })

  it('are given another name or outcome, and removed', async () => {
    const [first] = (await product.get(path)).body.items as unknown as { id: string }[]
    const one = `${path}/${first!.id}`
    const patch = (payload: object) => product.send({ method: 'PATCH', url: one, payload })
    expect((await patch({ name: '改名', expect: { outcome: 'backorder' } })).body).toMatchObject({
      name: '改名',
      expect: { outcome: 'backorder' },
    })
    expect(await run()).toMatchObject([{ name: '改名', passed: false }])
    expect((await patch({ expect: { outcome: 'ship' } })).status).toBe(200)
    expect(await run()).toMatchObject([{ passed: true }])
    const wrong = `/api/workflows/other/cases/${first!.id}`
    expect((await product.send({ method: 'DELETE', url: wrong })).status).toBe(404)
    expect((await product.send({ method: 'DELETE', url: one })).body).toEqual({ id: first!.id })
    expect((await product.send({ method: 'DELETE', url: one })).status).toBe(404)
  })

  it('are run when the draft is published, and stop it unless somebody insists', async () => {
    const from = { kind: 'document', connection: 'plain', document: documentOf(aPlainOrder({ id: 'C1' })) }
    await product.post(path, { name: '要发货', from, expect: { outcome: 'ship' } })
    const before = await product.get('/api/workflows/warehouse/before-publish')
    expect(before.body).toMatchObject({
      cases: [{ name: '要发货', passed: false, expect: { outcome: 'ship' } }],
    })
    const refused = await product.post('/api/workflows/warehouse/publish', {})
    expect(refused).toMatchObject({ status: 422, body: { code: 'CASES_FAILED' } })
    expect(refused.body.message).toContain('要发货')
    expect(refused.body.details).toMatchObject({ cases: [{ name: '要发货' }] })
    const insisted = await product.post('/api/workflows/warehouse/publish', { despiteCases: true })
    expect(insisted.body).toMatchObject({ version: 4 })
  })

  it('are no more than two hundred', async () => {
    const { store } = product.services
    const one = await store.cases.findOne({ workflow: 'warehouse' }).lean()
    await store.cases.insertMany(
      Array.from({ length: 199 }, (_, index) => ({ ...one!, _id: `filler-${index}` })),
    )
    const answer = await product.post(path, { name: '太多', from: { kind: 'order', order: 'plain:A1' } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'TOO_MANY_CASES' } })
    await store.cases.deleteMany({ workflow: 'warehouse' })
  })
})
