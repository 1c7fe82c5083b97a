import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 12 }, ningbo: { 'MILK-1': 40 } })
  await product.decide(
    documentOf(aPlainOrder({ id: 'A1', quantity: 2 })),
    documentOf(aPlainOrder({ id: 'A2', sku: 'TEA', phone: '13900000002' })),
    documentOf(aPlainOrder({ id: 'A3', sku: 'TEA', phone: '13900000003', urgent: true })),
  )
  await product.post('/api/workflows/warehouse/publish')
  await product.decide(documentOf(aPlainOrder({ id: 'A4', phone: '13900000002' })))
})
afterAll(() => product.close())

const found = async (query: string) => {
  const { status, body } = await product.get(`/api/runs?${query}`)
  expect(status, query).toBe(200)
  return (body.items as unknown as { orderId: string }[]).map(each => each.orderId).sort()
}

describe('runs', () => {
  it('are found by order id, phone, SKU, outcome, version and node', async () => {
    expect(await found('orderId=A2')).toEqual(['A2'])
    expect(await found('orderId=A')).toEqual([])
    expect(await found('phone=13900000002')).toEqual(['A2', 'A4'])
    expect(await found('phone=1390000000')).toEqual([])
    expect(await found('sku=TEA')).toEqual(['A2', 'A3'])
    expect(await found('outcome=backorder')).toEqual(['A2'])
    expect(await found('outcome=procure')).toEqual(['A3'])
    expect(await found('workflow=warehouse&version=1')).toEqual(['A1', 'A2', 'A3'])
    expect(await found('workflow=warehouse&version=2')).toEqual(['A4'])
    expect(await found('node=hold')).toEqual(['A1', 'A4'])
    expect(await found('node=nowhere')).toEqual([])
  })

  it('are found by all of these together', async () => {
    expect(await found('sku=TEA&node=purchase')).toEqual(['A3'])
    expect(await found('sku=TEA&outcome=ship')).toEqual([])
    expect(await found('orderId=A4&phone=13900000002')).toEqual(['A4'])
    expect(await found('orderId=A1&phone=13900000002')).toEqual([])
    expect(await found('workflow=warehouse&version=2&node=hold&phone=13900000002')).toEqual(['A4'])
  })

  it('are found by when they finished', async () => {
    const { finishedAt } = (await product.services.store.runs.findOne({ order: 'plain:A4' }).lean())!
    const at = encodeURIComponent(finishedAt.toISOString())
    expect(await found(`from=${at}`)).toEqual(['A4'])
    expect(await found(`from=${at}&to=${at}`)).toEqual(['A4'])
    const before = encodeURIComponent(new Date(finishedAt.getTime() - 1).toISOString())
    expect(await found(`to=${before}`)).toEqual(['A1', 'A2', 'A3'])
    expect((await product.get('/api/runs?from=yesterday')).status).toBe(400)
  })

  it('do not take operators for values', async () => {
    for (const query of ['phone[$ne]=x', 'sku=a&sku=b', 'version=x', 'node[$gt]='])
      expect((await product.get(`/api/runs?${query}`)).status, query).toBe(400)
  })

  it('picked from many come page by page, each once', async () => {
    const many = Array.from({ length: 450 }, (_, index) =>
      documentOf(
        aPlainOrder({
          id: `M${index}`,
          sku: index % 3 === 0 ? 'MILK-1' : 'GONE',
          phone: `1370000${String(index).padStart(4, '0')}`,
          quantity: 100,
        }),
      ),
    )
    await product.decide(...many)
    const whole = await product.services.store.runs.countDocuments({ 'steps.node': 'backorder' })
    const seen: string[] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const { body }: { body: unknown } = await product.get(
        `/api/runs?node=backorder&limit=7${next ? `&cursor=${next}` : ''}`,
      )
      const page = body as { items: { id: string }[]; next?: string }
      expect(page.items.length).toBeLessThanOrEqual(7)
      seen.push(...page.items.map(each => each.id))
      next = page.next
    }
    expect(seen).toHaveLength(whole)
    expect(new Set(seen).size).toBe(whole)
  })
})

describe('failed runs', () => {
  it('of one failure are tried again together', async () => {
    const { store, places, engine } = product.services
    const { mapping } = (await product.get('/api/connections/plain')).body
    await store.connections.updateOne({ _id: 'plain' }, { $unset: { mapping: 1 } })
    await places.refresh()
    const failing = Array.from({ length: 12 }, (_, index) =>
      documentOf(
        aPlainOrder({ id: `F${index}`, phone: `1380000${String(index).padStart(4, '0')}`, sku: 'TEA' }),
      ),
    )
    await product.decide(...failing)
    const failed = await product.get('/api/runs?status=failed&node=map&limit=100')
    expect((failed.body.items as unknown as object[]).length).toBe(12)
    const { code } = (failed.body.items as unknown as { error: { code: string } }[])[0]!.error
    const retry = (body: object) => product.post('/api/runs/retry', body)
    expect((await retry({ workflow: 'warehouse', node: 'hold' })).body).toEqual({ accepted: 0, left: 0 })
    await product.put('/api/connections/plain', { mapping })
    expect(await retry({ workflow: 'warehouse', node: 'map', code })).toMatchObject({
      status: 202,
      body: { accepted: 12, left: 0 },
    })
    await engine.idle()
    expect(await found('status=failed')).toEqual([])
    expect(await found('orderId=F3&outcome=backorder')).toEqual(['F3'])
    expect((await retry({})).status).toBe(400)
  })
})
