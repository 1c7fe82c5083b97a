import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf, type PlainOrder } from '../support/warehouse-shop.ts'

let product: ProductRoom
beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 12 } })
})
afterAll(() => product.close())

const ask = (orders: unknown, wait = '5s') => product.post(`/api/intake/plain?wait=${wait}`, orders as object)
const order = (id: string, over: Partial<PlainOrder> = {}) =>
  documentOf(aPlainOrder({ id, phone: `139${id}`, ...over }))

describe('a caller that waits for the outcome', () => {
  it('gets the decision and its reason', async () => {
    const answer = await ask(order('00000001'))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'decided',
      order: 'plain:00000001',
      outcome: 'ship',
      orderStatus: 'to-ship',
    })
    expect(answer.body.run).toBe(`${answer.body.event}/warehouse@1`)
    const { body } = await product.get(`/api/runs/${encodeURIComponent(String(answer.body.run))}`)
    expect(answer.body.reason).toBe(body.sentence!.zh)
    expect(answer.body.reasonEn).toBe(body.sentence!.en)
    expect(String(answer.body.reason)).toContain('本仓有货')
  })

  it('is told which order a duplicate repeats', async () => {
    await ask(order('00000002', { phone: '13900007777' }))
    const answer = await ask(order('00000003', { phone: '13900007777' }))
    expect(answer.body).toMatchObject({ outcome: 'duplicate', duplicateOf: 'plain:00000002' })
  })

  it('gets the stored decision of an order it sent before', async () => {
    const first = await ask(order('00000004'))
    const again = await ask(order('00000004'))
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
  })

  it('gets the decisions of a list in its order, refused ones among them', async () => {
    const answer = await ask([order('00000005'), { no: 'id' }, order('00000006', { quantity: 99, city: '' })])
    expect(answer.status).toBe(200)
    expect(answer.body.decisions).toMatchObject([
      { status: 'decided', order: 'plain:00000005', outcome: 'ship' },
      { status: 'refused', problems: [{ code: 'NO_ORDER_ID' }] },
      { order: 'plain:00000006', outcome: 'backorder' },
    ])
  })

  it('gets the 202 when there is no decision in time, and the order is safe', async () => {
    await product.post('/api/workflows/warehouse/pause')
    const began = performance.now()
    const answer = await ask(order('00000007'), '120ms')
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(answer).toMatchObject({ status: 202, body: { status: 'accepted', accepted: 1 } })
    await product.post('/api/workflows/warehouse/resume')
  })

  it('is refused before anything is taken where it names no such time', async () => {
    for (const wait of ['2', '11s', '0ms', 'soon'])
      expect(await ask(order('00000008'), wait)).toMatchObject({
        status: 400,
        body: { code: 'WAIT_INVALID' },
      })
    expect(await product.services.store.events.countDocuments({ order: 'plain:00000008' })).toBe(0)
  })

  it('may be one of many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask(order(`1000${String(n).padStart(4, '0')}`))),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map(({ body }) => body.order)).size).toBe(100)
  })
})

describe('an order that is not through', () => {
  const received = { id: 'in', type: 'order.received', params: {} }
  const publish = async (id: string, node: object, ...ports: string[]) => {
    const end = { id: 'end', type: 'flow.end', params: { outcome: 'ok', orderStatus: 'done', label: '好' } }
    const map = { id: 'map', type: 'data.map', params: { use: 'connection' } }
    const graph = {
      nodes: [received, map, { id: 'node', ...node }, end],
      edges: [
        { from: 'in', port: 'received', to: 'map' },
        { from: 'map', port: 'ok', to: 'node' },
        { from: 'map', port: 'invalid', to: 'end' },
        ...ports.map(port => ({ from: 'node', port, to: 'end' })),
      ],
    }
    await product.post('/api/workflows/warehouse/pause')
    const made = await product.post('/api/workflows', { id, name: id, graph })
    expect(made.status).toBe(201)
    expect((await product.post(`/api/workflows/${id}/publish`, {})).body).toEqual({ version: 1 })
  }

  it('is told to wait, and for what', async () => {
    await publish(
      'asks',
      { type: 'time.wait', label: '等一天', params: { waitMinutes: 1_440 } },
      'due',
      'moved',
    )
    const answer = await ask(order('20000001'))
    expect(answer).toMatchObject({ status: 200, body: { status: 'waiting', waitsFor: [{ zh: '等一天' }] } })
    await product.post('/api/workflows/asks/pause')
  })
})
