import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectors } from '../../connectors/index.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

// What people do: mend refused documents, decide tasks, retry what failed, send outward calls again.

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop()
})
afterAll(() => product.close())

const items = async (path: string) =>
  (await product.get(path)).body.items as unknown as Record<string, unknown>[]
const sentenceOf = async (order: string) => {
  const { body } = await product.get(`/api/orders/${encodeURIComponent(`plain:${order}`)}`)
  return body.sentence as unknown as { zh: string; en: string }
}

/** The shop's workflow in which a person decides about orders that are out of stock. */
const asking: WorkflowGraph = {
  ...warehouseWorkflow,
  nodes: warehouseWorkflow.nodes.map(node =>
    node.id === 'backorder'
      ? {
          ...node,
          params: {
            ...node.params,
            wait: true,
            choices: [
              { port: 'keep', name: '等补货' },
              { port: 'cancel', name: '取消订单' },
            ],
          },
        }
      : node,
  ),
  edges: [
    ...warehouseWorkflow.edges.filter(edge => edge.from !== 'backorder'),
    { from: 'backorder', port: 'keep', to: 'waiting' },
    { from: 'backorder', port: 'cancel', to: 'broken' },
  ],
}

async function publish(graph: WorkflowGraph): Promise<void> {
  const { body } = await product.get('/api/workflows/warehouse')
  await product.put('/api/workflows/warehouse/draft', { graph, rev: body.draftRev })
  expect((await product.post('/api/workflows/warehouse/publish', { note: '' })).body).toHaveProperty(
    'version',
  )
}

describe('sentences', () => {
  it('tell the decisive steps of an order that ships, in order, and nothing else', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'S1', phone: '13600000001', quantity: 2 })))
    const { zh, en } = await sentenceOf('S1')
    expect(zh.split(' → ')).toHaveLength(4)
    expect(zh).toMatch(/^本仓有货.*12.*2.*→ 本仓发货 → 已锁定.*杭州仓.*→ 今日发货$/)
    expect(en).toContain('≥')
  })

  it('tell of the duplicate an order is', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'S2', phone: '13600000001', quantity: 2 })))
    expect((await sentenceOf('S2')).zh).toMatch(/S1.*→ 重复单已合并$/)
  })

  it('tell what a person has to do', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'S3', phone: '13600000003', sku: 'GONE' })))
    expect((await sentenceOf('S3')).zh).toMatch(/待办.*缺货 S3.*→ 等待补货$/)
  })
})

describe('quarantine', () => {
  it('keeps what was refused until a mended document is sent', async () => {
    await product.post('/api/intake/plain', [{ no: 1 }])
    const [entry] = await items('/api/quarantine')
    expect(entry).toMatchObject({
      connection: 'plain',
      body: '{"no":1}',
      status: 'open',
      problems: [{ code: 'NO_ORDER_ID' }],
    })
    const path = `/api/quarantine/${entry!.id}/resubmit`
    expect((await product.post(path, { body: '{' })).body).toMatchObject({ code: 'BODY_NOT_JSON' })
    expect((await product.post(path, { body: '{"no":1}' })).body).toMatchObject({ code: 'BODY_INVALID' })
    expect(await items('/api/quarantine')).toHaveLength(1)
    const mended = JSON.stringify(documentOf(aPlainOrder({ id: 'Q1', phone: '13600000101' })))
    expect(await product.post(path, { body: mended })).toMatchObject({ status: 202, body: { accepted: 1 } })
    expect(await items('/api/quarantine')).toEqual([])
    expect(await items('/api/quarantine?status=resubmitted')).toHaveLength(1)
    expect((await product.post(path, { body: mended })).body).toMatchObject({ code: 'QUARANTINE_CLOSED' })
    await product.services.engine.idle()
    expect((await product.get('/api/orders/plain%3AQ1')).status).toBe(200)
  })

  it('is given a new entry by a document that is still wrong in another way', async () => {
    await product.post('/api/intake/plain', [{ no: 2 }])
    const [entry] = await items('/api/quarantine')
    const answer = await product.post(`/api/quarantine/${entry!.id}/resubmit`, { body: '{"no":3}' })
    expect(answer.body).toMatchObject({
      code: 'BODY_INVALID',
      details: { problems: [{ code: 'NO_ORDER_ID' }] },
    })
    const open = await items('/api/quarantine')
    expect(open.map(each => each.body)).toEqual(['{"no":3}'])
    expect((await product.post(`/api/quarantine/${open[0]!.id}/discard`)).body).toEqual({
      status: 'discarded',
    })
    expect(await items('/api/quarantine')).toEqual([])
  })

  it('holds what the mapping could not use, with every problem, and takes it mended', async () => {
    const wrong = {
      ...documentOf(aPlainOrder({ id: 'Q5', phone: '13600000105' })),
      orderedAt: 'yesterday',
      phone: '',
    }
    await product.decide(wrong)
    const [entry] = await items('/api/quarantine')
    expect((entry!.problems as unknown[]).length).toBeGreaterThanOrEqual(2)
    const mended = documentOf(aPlainOrder({ id: 'Q5', phone: '13600000105', modified: '2' }))
    expect(
      (
        await product.post(`/api/quarantine/${encodeURIComponent(String(entry!.id))}/resubmit`, {
          body: JSON.stringify(mended),
        })
      ).status,
    ).toBe(202)
    await product.services.engine.idle()
    expect((await product.get('/api/orders/plain%3AQ5')).body).toMatchObject({ outcome: 'ship' })
  })
})

describe('tasks', () => {
  it('that nobody waits for are put away by one choice', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'T0', phone: '13600000200', sku: 'GONE' })))
    const task = (await items('/api/tasks?topic=backorder')).find(each => each.orderId === 'T0')!
    expect(task).toMatchObject({ title: '缺货 T0', status: 'open', choices: [{ id: 'done' }] })
    const decide = (choice: string) =>
      product.post(`/api/tasks/${encodeURIComponent(String(task.id))}/decide`, { choice, by: '小王' })
    expect((await decide('else')).body).toMatchObject({ code: 'CHOICE_UNKNOWN' })
    expect((await decide('done')).body).toMatchObject({ status: 'done', choice: 'done', by: '小王' })
    expect((await decide('done')).body).toMatchObject({ code: 'TASK_CLOSED' })
    expect((await items('/api/tasks?status=done')).map(each => each.id)).toContain(task.id)
  })

  it('that a run waits for let it go on by the choice made first, whoever clicks at the same time', async () => {
    await publish(asking)
    await product.decide(documentOf(aPlainOrder({ id: 'T1', phone: '13600000201', sku: 'GONE' })))
    expect(await items('/api/runs?status=waiting')).toHaveLength(1)
    expect((await sentenceOf('T1')).zh).toMatch(/等待:/)
    const task = (await items('/api/tasks')).find(each => each.orderId === 'T1')!
    expect(task.choices).toEqual([
      { id: 'keep', name: { zh: '等补货', en: '等补货' } },
      { id: 'cancel', name: { zh: '取消订单', en: '取消订单' } },
    ])
    const path = `/api/tasks/${encodeURIComponent(String(task.id))}/decide`
    const answers = await Promise.all(
      ['keep', 'cancel', 'keep', 'cancel'].map(choice => product.post(path, { choice })),
    )
    const won = answers.filter(each => each.status === 200).map(each => each.body.choice)
    expect(won.length).toBeGreaterThan(0)
    expect(new Set(won).size).toBe(1)
    await product.services.engine.idle()
    const outcome = String(won[0]) === 'keep' ? 'backorder' : 'rejected'
    expect((await product.get('/api/orders/plain%3AT1')).body).toMatchObject({ outcome })
    expect(await items('/api/runs?status=waiting')).toEqual([])
  })

  it('whose decision was written down before a crash let their run go on by themselves', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'T2', phone: '13600000202', sku: 'GONE' })))
    const { store } = product.services
    await store.tasks.updateOne({ orderId: 'T2' }, { $set: { choice: 'cancel', by: '小李' } })
    await eventually(
      'the run went on',
      async () =>
        (await product.get('/api/orders/plain%3AT2')).body.outcome !== undefined &&
        String((await product.get('/api/orders/plain%3AT2')).body.outcome) === 'rejected',
      15_000,
    )
    await publish(warehouseWorkflow)
  })
})

describe('failed runs', () => {
  it('say what failed, whose fault it is and what to do, and can be tried again', async () => {
    const { mapping } = (await product.get('/api/connections/plain')).body
    const { store, places } = product.services
    await store.connections.updateOne({ _id: 'plain' }, { $unset: { mapping: 1 } })
    await places.refresh()
    await product.decide(documentOf(aPlainOrder({ id: 'F1', phone: '13600000301' })))
    const [run] = await items('/api/runs?status=failed')
    expect(run).toMatchObject({ status: 'failed', orderId: 'F1', error: { node: 'map', blame: 'workflow' } })
    expect((run!.sentence as { zh: string }).zh).toMatch(
      /^「字段映射」失败:连接「测试店铺」还没有字段映射.*\(属流程或设置的问题,改好后重试\)$/,
    )
    expect((run!.sentence as { en: string }).en).toMatch(/failed: Connection "测试店铺" has no field mapping/)
    const retry = () => product.post(`/api/runs/${encodeURIComponent(String(run!.id))}/retry`)
    expect((await retry()).status).toBe(202)
    await product.services.engine.idle()
    expect(await items('/api/runs?status=failed')).toHaveLength(1)
    await product.put('/api/connections/plain', { mapping })
    expect((await Promise.all([retry(), retry()])).map(each => each.status)).toEqual([202, 202])
    await product.services.engine.idle()
    expect((await product.get('/api/orders/plain%3AF1')).body).toMatchObject({ outcome: 'ship' })
    expect((await retry()).body).toMatchObject({ code: 'RUN_NOT_FAILED' })
  })
})

describe('outward calls', () => {
  it('that failed or whose fate is unknown are sent again on demand; others are left alone', async () => {
    const { store } = product.services
    const call = {
      workspace: 'main',
      kind: 'purchase' as const,
      order: 'plain:O1',
      run: 'r',
      connection: 'supplier',
      url: 'http://127.0.0.1:9/orders',
      body: { shipTo: { detail: '文三路 90 号', phone: '13600000999' } },
      attempts: 5,
      // Far away, so that nothing sends it while the test looks.
      nextAt: new Date(Date.now() + 3_600_000),
      createdAt: new Date(),
    }
    await store.outbox.create([
      { ...call, _id: 'o/unknown', state: 'unknown' },
      { ...call, _id: 'o/confirmed', state: 'confirmed' },
    ])
    const listed = await items('/api/outbox?state=unknown')
    expect(listed).toMatchObject([
      { id: 'o/unknown', attempts: 5, body: { shipTo: { detail: '文三路 ****', phone: '136****0999' } } },
    ])
    expect((await product.post('/api/outbox/o%2Funknown/retry')).status).toBe(202)
    const again = await store.outbox.findById('o/unknown').lean()
    expect(again?.state).not.toBe('unknown')
    expect((await product.post('/api/outbox/o%2Fconfirmed/retry')).body).toMatchObject({
      code: 'OUTBOX_NOT_RETRYABLE',
    })
  })
})

describe('connections', () => {
  it('are added, changed field by field, and checked', async () => {
    const made = await product.post('/api/connections', {
      id: 'files',
      name: '线下',
      connector: 'folder',
      settings: { path: 'in' },
      groupRowsBy: 'no',
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      id: 'files',
      connector: 'folder',
      enabled: true,
      identity: { orderId: ['no'] },
    })
    expect((await product.post('/api/connections', { id: 'files', name: '线下' })).body).toMatchObject({
      code: 'EXISTS',
    })
    expect((await product.put('/api/connections/files', { enabled: false })).body).toMatchObject({
      name: '线下',
      enabled: false,
    })
    expect((await product.post('/api/connections/files/poll')).body).toMatchObject({
      code: 'CONNECTION_PAUSED',
    })
    expect((await product.post('/api/connections/plain/poll')).body).toMatchObject({ code: 'CANNOT_POLL' })
    expect(
      (await product.put('/api/connections/files', { settings: { path: 7, more: 1 } })).body,
    ).toMatchObject({ code: 'SETTINGS_INVALID' })
    expect((await product.put('/api/connections/files', { connector: 'telepathy' })).body).toMatchObject({
      code: 'BODY_INVALID',
    })
    expect((await product.put('/api/connections/files', { url: 'javascript:alert(1)' })).body).toMatchObject({
      code: 'BODY_INVALID',
    })
    const kinds = await items('/api/connectors')
    expect(kinds.map(each => each.id)).toEqual([...connectors.keys()])
  })

  it('are polled at once on demand', async () => {
    const { mkdir, writeFile } = await import('node:fs/promises')
    const { join } = await import('node:path')
    const { identity, mapping, channel, shop, warehouse } = (await product.get('/api/connections/plain')).body
    const flat = { fields: [...(mapping as unknown as { fields: object[] }).fields] }
    await product.put('/api/connections/inbox', {
      name: '收件夹',
      connector: 'folder',
      identity,
      mapping: flat,
      channel,
      shop,
      warehouse,
      settings: { path: 'inbox', settleMs: 50 },
    })
    await eventually(
      'the first poll',
      async () => (await product.get('/api/connections/inbox')).body.lastPolledAt !== undefined,
    )
    await mkdir(join(product.dataDir, 'inbox'), { recursive: true })
    await writeFile(
      join(product.dataDir, 'inbox', 'a.json'),
      JSON.stringify([documentOf(aPlainOrder({ id: 'P1', phone: '13600000401' }))]),
    )
    expect((await product.post('/api/connections/inbox/poll')).status).toBe(202)
    await eventually('the order', async () => (await product.get('/api/orders/inbox%3AP1')).status === 200)
  })
})

describe('warehouses', () => {
  it('are added by their city or their point, and changed', async () => {
    expect((await product.put('/api/warehouses/cd', { name: '成都仓', city: '成都市' })).body).toMatchObject({
      id: 'cd',
      city: '成都市',
    })
    const { point } = (await product.get('/api/warehouses/cd')).body as unknown as { point: { lng: number } }
    expect(point.lng).toBeCloseTo(104, 0)
    expect((await product.put('/api/warehouses/cd', { name: '成都一仓' })).body).toMatchObject({
      name: '成都一仓',
      city: '成都市',
      point,
    })
    expect(
      (await product.put('/api/warehouses/xx', { name: '某仓', city: '不存在的城市' })).body,
    ).toMatchObject({ code: 'BODY_INVALID' })
    expect((await product.put('/api/warehouses/a%2Fb', { name: 'x' })).status).toBe(400)
  })
})
