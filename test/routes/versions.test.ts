import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let product: ProductRoom
const base = '/api/workflows/warehouse'

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 12 }, ningbo: { 'MILK-1': 40 } })
})
afterAll(() => product.close())

const withNode = (id: string, change: object): WorkflowGraph => ({
  ...warehouseWorkflow,
  nodes: warehouseWorkflow.nodes.map(node => (node.id === id ? { ...node, ...change } : node)),
})

const fiveMinutes = withNode('dedup', {
  params: { keys: ['phone', 'skus'], windowMinutes: 5, action: 'review' },
})

async function save(graph: WorkflowGraph): Promise<number> {
  const { body } = await product.get(base)
  const saved = await product.put(`${base}/draft`, { graph, rev: body.draftRev, by: '小王' })
  return Number(saved.body.rev)
}

describe('before publishing', () => {
  it('says that nothing changed where the draft is what is live', async () => {
    expect((await product.get(`${base}/before-publish`)).body).toMatchObject({
      version: 2,
      unchanged: true,
      problems: [],
      changes: [],
      parked: [],
    })
  })

  it('says in words what will be different', async () => {
    const rev = await save(fiveMinutes)
    const { body } = await product.get(`${base}/before-publish`)
    expect(body).toMatchObject({ version: 2, rev, unchanged: false })
    expect(body.changes).toContainEqual({
      node: 'dedup',
      nodeName: { zh: '去重窗口', en: 'Dedup window' },
      kind: 'node-changed',
      what: { zh: '前后多久', en: 'How long before and after' },
      before: { zh: '3 分钟', en: '3 min' },
      after: { zh: '5 分钟', en: '5 min' },
    })
  })
})

describe('publishing', () => {
  it('is refused for a draft somebody saved since it was looked at', async () => {
    const rev = await save(fiveMinutes)
    const answer = await product.post(`${base}/publish`, { rev: rev - 1 })
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'DRAFT_CHANGED', details: { rev, by: '小王' } },
    })
    expect((await product.post(`${base}/publish`, { rev, by: '老张', note: '放宽' })).body).toEqual({
      version: 2,
    })
  })

  it('keeps who did it and how many runs wait on each version', async () => {
    const asking = withNode('backorder', {
      params: {
        topic: 'backorder',
        title: '缺货 {order.orderId}',
        wait: true,
        choices: [{ port: 'created', name: '等补货' }],
      },
    })
    await save(asking)
    await product.post(`${base}/publish`, { by: '小李' })
    await product.decide(
      documentOf(aPlainOrder({ id: 'W1', phone: '13700000001', sku: 'GONE' })),
      documentOf(aPlainOrder({ id: 'W2', phone: '13700000002', sku: 'GONE' })),
    )
    await save(fiveMinutes)
    expect((await product.get(`${base}/before-publish`)).body.parked).toEqual([{ version: 3, runs: 2 }])
    const { body } = await product.get(`${base}/versions`)
    expect(body.items).toMatchObject([
      { version: 3, by: '小李', parked: 2 },
      { version: 2, by: '老张', note: '放宽', parked: 0 },
      { version: 1, by: '', parked: 0 },
    ])
  })
})

describe('earlier versions', () => {
  it('are compared with one another and with the draft', async () => {
    const { body } = await product.get(`${base}/diff?from=1&to=2`)
    expect(body).toMatchObject({ from: warehouseWorkflow, to: fiveMinutes })
    expect((body.changes as unknown as { node: string }[]).map(each => each.node)).toEqual(['dedup', 'dedup'])
    expect((await product.get(`${base}/diff?from=2&to=draft`)).body.changes).toEqual([])
    expect((await product.get(`${base}/diff?from=draft&to=2`)).body.changes).toEqual([])
    expect((await product.get(`${base}/diff?from=9&to=draft`)).status).toBe(404)
    expect((await product.get(`${base}/diff?from=1&to=x`)).status).toBe(400)
    expect((await product.get(`${base}/diff?from=1`)).status).toBe(400)
  })

  it('become the draft again, one revision on', async () => {
    const { body: before } = await product.get(base)
    const { body } = await product.post(`${base}/versions/1/restore`, { by: '小王' })
    expect(body).toMatchObject({
      draft: warehouseWorkflow,
      draftRev: Number(before.draftRev) + 1,
      updatedBy: '小王',
      published: { version: 3 },
    })
    expect((await product.post(`${base}/versions/77/restore`)).status).toBe(404)
  })

  it('go live again in one step as a new version, and the draft stays', async () => {
    await save(fiveMinutes)
    const { body: before } = await product.get(base)
    expect((await product.post(`${base}/versions/1/republish`, { by: '小王' })).body).toEqual({ version: 4 })
    const { body } = await product.get(base)
    expect(body).toMatchObject({ draft: fiveMinutes, draftRev: before.draftRev, published: { version: 4 } })
    expect((await product.get(`${base}/versions/4`)).body).toMatchObject({
      graph: warehouseWorkflow,
      by: '小王',
    })
    await product.decide(documentOf(aPlainOrder({ id: 'R1', phone: '13700000009' })))
    const runs = await product.get('/api/runs?orderId=R1')
    expect(runs.body.items).toMatchObject([{ version: 4, outcome: 'ship' }])
  })
})
