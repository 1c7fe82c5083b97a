import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 12 }, ningbo: { 'MILK-1': 40 } })
})
afterAll(() => product.close())

describe('the main job over HTTP', () => {
  it('takes an order in and tells in one sentence where it went and why', async () => {
    const answer = await product.decide(documentOf(aPlainOrder({ id: 'A1', quantity: 2 })))
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({
      status: 'accepted',
      message: '已受理',
      accepted: 1,
      repeated: 0,
      refused: [],
    })
    const { body } = await product.get('/api/orders?q=A1')
    expect(body.items).toMatchObject([
      {
        key: 'plain:A1',
        orderId: 'A1',
        channel: 'test',
        customer: '王**',
        phone: '138****0001',
        city: '杭州市',
        items: [{ sku: 'MILK-1', quantity: 2 }],
        status: 'to-ship',
        outcome: 'ship',
      },
    ])
    const { zh, en } = body.items![0]!.sentence as unknown as { zh: string; en: string }
    expect(zh).toMatch(/12.*2.*→.*杭州.*→.*今日发货/)
    expect(en).toContain('→')
  })

  it('shows the order with its source, masked, and its runs', async () => {
    const { body } = await product.get('/api/orders/plain%3AA1')
    expect(body.source).toMatchObject({ id: 'A1', phone: '138****0001', name: '王**' })
    expect(JSON.stringify(body)).not.toContain('13800000001')
    expect(JSON.stringify(body)).not.toContain('王小明')
    expect(body.runs).toHaveLength(1)
  })

  it('shows a run step by step, each with the words of its node', async () => {
    const { body } = await product.get('/api/runs?order=plain%3AA1')
    const run = body.items![0] as unknown as { id: string }
    const detail = await product.get(`/api/runs/${encodeURIComponent(run.id)}`)
    expect(detail.body).toMatchObject({
      workflow: 'warehouse',
      workflowName: '仓库规则',
      version: 1,
      status: 'done',
      outcome: 'ship',
    })
    const steps = detail.body.steps as unknown as {
      node: string
      sentence: { zh: string }
      portNames: { zh: string }[]
    }[]
    expect(steps.map(step => step.node)).toEqual([
      'received',
      'map',
      'dedup',
      'stock',
      'table',
      'hold',
      'shipped',
    ])
    for (const step of steps) expect(step.sentence.zh).not.toBe('')
    expect(steps[4]!.portNames[0]!.zh).not.toBe('')
  })

  it('finds orders by the beginning of their id, by phone and by SKU, and nothing by a pattern', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'B.7', phone: '13900000007', sku: 'TEA' })))
    const found = async (q: string) => {
      const { body } = await product.get(`/api/orders?q=${encodeURIComponent(q)}`)
      return (body.items as unknown as { orderId: string }[]).map(each => each.orderId)
    }
    expect(await found('B.')).toEqual(['B.7'])
    expect(await found('13900000007')).toEqual(['B.7'])
    expect(await found('TEA')).toEqual(['B.7'])
    expect(await found('.*')).toEqual([])
    expect(await found('B?7')).toEqual([])
    expect(await found('')).toHaveLength(2)
  })

  it('tells duplicates apart', async () => {
    await product.decide(
      documentOf(aPlainOrder({ id: 'A1-again', quantity: 2, orderedAt: '2026-10-01 10:01:00' })),
    )
    const { body } = await product.get('/api/orders?duplicates=true')
    expect(body.items).toMatchObject([{ orderId: 'A1-again', duplicateOf: 'plain:A1', outcome: 'duplicate' }])
    expect(
      ((await product.get('/api/orders?duplicates=false')).body.items as unknown as unknown[]).length,
    ).toBe(2)
  })

  it('lists stock, its ledger line by line, and proves one by the other', async () => {
    const stock = await product.get('/api/stock?warehouse=hangzhou&sku=MILK-1')
    expect(stock.body.items).toEqual([
      { warehouse: 'hangzhou', sku: 'MILK-1', onHand: 12, held: 2, available: 10 },
    ])
    const ledger = await product.get('/api/stock/ledger?warehouse=hangzhou')
    expect(ledger.body.items).toMatchObject([
      { kind: 'held', sku: 'MILK-1', quantity: 2, order: 'plain:A1', orderId: 'A1' },
      { kind: 'received', sku: 'MILK-1', quantity: 12 },
    ])
    expect((await product.get('/api/stock/ledger?order=plain%3AA1')).body.items).toHaveLength(1)
    expect((await product.get('/api/stock/proof')).body).toMatchObject({ agrees: true, differences: [] })
  })

  it('takes goods in once per receipt', async () => {
    const receipt = { id: 'r-1', warehouse: 'wuhan', lines: [{ sku: 'TEA/绿', quantity: 5 }] }
    expect((await product.post('/api/stock/receipts', receipt)).body).toEqual({ id: 'r-1', repeated: false })
    expect((await product.post('/api/stock/receipts', receipt)).body).toEqual({ id: 'r-1', repeated: true })
    expect((await product.get('/api/stock?sku=TEA%2F%E7%BB%BF')).body.items).toMatchObject([{ onHand: 5 }])
    expect(
      (await product.post('/api/stock/receipts', { ...receipt, id: 'r-2', warehouse: 'nowhere' })).status,
    ).toBe(404)
  })

  it('sums it all up', async () => {
    const { body } = await product.get('/api/overview')
    expect(body).toMatchObject({
      accepted: 3,
      decided: 3,
      failed: 0,
      waiting: 0,
      backlog: 0,
      orders: 3,
      connections: 2,
      workflows: 1,
      openTasks: 1,
    })
    expect(body.perOutcome).toContainEqual({ outcome: 'ship', count: 1 })
  })

  it('says that it is well', async () => {
    expect((await product.get('/api/health')).body).toMatchObject({
      status: 'ok',
      store: 'embedded',
      version: packageJson.version,
    })
  })

  it('counts for Prometheus', async () => {
    const { body } = await product.get('/metrics')
    const text = String(body)
    expect(text).toMatch(/orderloom_events_accepted_total 3/)
    expect(text).toMatch(/orderloom_runs_total\{status="done"\} 3/)
    expect(text).toMatch(/orderloom_backlog_events 0/)
    expect(text).toMatch(/orderloom_store_mode\{mode="embedded"\} 1/)
    expect(text).toMatch(
      /orderloom_http_seconds_count\{method="GET",route="\/api\/orders\/:key",status="200"\}/,
    )
    expect(text).toMatch(/orderloom_outbox_calls\{state="planned"\} 0/)
  })
})

describe('workflows', () => {
  it('are listed with what is live, what is wrong and what ran today', async () => {
    const { body } = await product.get('/api/workflows')
    expect(body.items).toMatchObject([
      {
        id: 'warehouse',
        name: '仓库规则',
        published: { version: 1, note: '首次发布' },
        problems: 0,
        runsToday: 3,
        failedToday: 0,
      },
    ])
  })

  it('begin with an empty draft, and say all that is wrong with one', async () => {
    const made = await product.post('/api/workflows', { name: '新流程' })
    expect(made.status).toBe(201)
    const id = made.body.id as unknown as string
    const graph = {
      nodes: [{ id: 'x', type: 'no.such-type', params: {} }],
      edges: [{ from: 'x', port: 'p', to: 'nowhere' }],
    }
    const saved = await product.put(`/api/workflows/${id}/draft`, { graph, rev: 1 })
    expect(saved.status).toBe(200)
    expect((saved.body.problems as unknown as object[]).length).toBeGreaterThan(1)
    const checked = await product.post(`/api/workflows/${id}/check`)
    expect(checked.body.problems).toEqual(saved.body.problems)
    expect(
      (await product.post(`/api/workflows/${id}/check`, { graph: warehouseWorkflow })).body.problems,
    ).toEqual([])
    const published = await product.post(`/api/workflows/${id}/publish`, { note: '' })
    expect(published.status).toBe(422)
    expect(published.body).toMatchObject({ code: 'WORKFLOW_INVALID' })
    expect(
      (published.body.details!.problems as unknown as { node: string }[]).some(each => each.node === 'x'),
    ).toBe(true)
    expect((await product.post(`/api/workflows/${id}/pause`)).body).toMatchObject({
      code: 'NOTHING_PUBLISHED',
    })
  })

  it('are not overwritten by somebody who looked at an older draft', async () => {
    const answer = await product.put('/api/workflows/warehouse/draft', { graph: warehouseWorkflow, rev: 0 })
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ code: 'DRAFT_CHANGED' })
  })

  it('are published once per click, and keep every version with its words', async () => {
    await Promise.all(
      [1, 2, 3].map(each => product.post('/api/workflows/warehouse/publish', { note: `第 ${each} 次` })),
    )
    const { body } = await product.get('/api/workflows/warehouse/versions')
    expect((body.items as unknown as { version: number }[]).map(each => each.version)).toEqual([4, 3, 2, 1])
    const one = await product.get('/api/workflows/warehouse/versions/1')
    expect(one.body).toMatchObject({ version: 1, note: '首次发布', graph: warehouseWorkflow })
    expect(one.body.sentences!.table).toHaveProperty('zh')
    expect(one.body.ports!.table!.ship).toHaveProperty('zh')
    expect((await product.get('/api/workflows/warehouse/versions/99')).status).toBe(404)
  })

  it('take no events while they are paused', async () => {
    expect((await product.post('/api/workflows/warehouse/pause')).body).toEqual({ paused: true })
    await product.decide(documentOf(aPlainOrder({ id: 'P1' })))
    expect((await product.get('/api/orders/plain%3AP1')).status).toBe(404)
    expect((await product.post('/api/workflows/warehouse/resume')).body).toEqual({ paused: false })
    await product.decide(documentOf(aPlainOrder({ id: 'P2', phone: '13700000000' })))
    expect((await product.get('/api/orders/plain%3AP2')).status).toBe(200)
  })

  it('know their node types', async () => {
    const { body } = await product.get('/api/node-types')
    const types = body.items as unknown as { type: string; params: { type: string }; ports: object }[]
    expect(types.length).toBeGreaterThan(10)
    expect(types.find(each => each.type === 'stock.reserve')).toMatchObject({
      params: { type: 'object' },
      kind: 'stock',
    })
    expect(types[0]).not.toHaveProperty('run')
  })
})

describe('lists', () => {
  it('come page by page, each entry once, whatever the size of the page', async () => {
    const documents = Array.from({ length: 23 }, (_, index) =>
      documentOf(aPlainOrder({ id: `L${index}`, phone: `1350000${1000 + index}`, sku: 'NOTHING' })),
    )
    await product.decide(...documents)
    for (const path of [
      '/api/orders?q=L',
      '/api/runs?',
      '/api/events?',
      '/api/stock/ledger?',
      '/api/stock?',
      '/api/tasks?',
    ]) {
      const whole = (
        (await product.get(`${path}&limit=200`)).body.items as unknown as { id?: string; key?: string }[]
      ).map(idOf)
      expect(new Set(whole).size).toBe(whole.length)
      const seen: string[] = []
      let next: string | undefined = ''
      while (next !== undefined) {
        const { body }: { body: unknown } = await product.get(
          `${path}&limit=3${next ? `&cursor=${next}` : ''}`,
        )
        const page = body as { items: { id?: string; key?: string }[]; next?: string }
        expect(page.items.length).toBeLessThanOrEqual(path.includes('ledger') ? 10 : 3)
        seen.push(...page.items.map(idOf))
        next = page.next
      }
      expect(seen.sort()).toEqual(whole.sort())
    }
  })

  it('never give more than 200 at once', async () => {
    const documents = Array.from({ length: 210 }, (_, index) => ({ id: `X${index}` }))
    await product.decide(...documents)
    const { body } = await product.get('/api/events?limit=5000')
    expect(body.items).toHaveLength(200)
    expect(body.next).toBeTypeOf('string')
  })

  it('refuse cursors this server did not hand out', async () => {
    for (const cursor of [
      'x',
      'bnVsbA',
      'eyJhdCI6eyIkZ3QiOjB9fQ',
      Buffer.from('{"at":1e99,"given":0}').toString('base64url'),
    ]) {
      const answer = await product.get(`/api/orders?cursor=${cursor}`)
      expect([answer.status, answer.body.code]).toEqual([400, 'CURSOR_INVALID'])
    }
    expect(
      (await product.get(`/api/stock?cursor=${Buffer.from('{"$gt":""}').toString('base64url')}`)).status,
    ).toBe(400)
  })

  it('do not take operators for values', async () => {
    for (const query of [
      'status[$ne]=x',
      'status=a&status=b',
      'q[$regex]=.',
      'limit=0',
      'limit=x',
      'duplicates=maybe',
      'statsu=x',
    ])
      expect(await product.get(`/api/orders?${query}`), query).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID' },
      })
  })
})

function idOf(entry: { id?: string; key?: string; warehouse?: string; sku?: string }): string {
  return entry.key ?? entry.id ?? `${entry.warehouse}/${entry.sku}`
}
