import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idleOrders } from '../../server/control/held-orders.ts'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let product: ProductRoom
let count = 0

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 1_000 } })
})
afterAll(() => product.close())
beforeEach(() => {
  count += 100
})

const key = (offset: number) => `P${count + offset}`
const order = (offset: number) =>
  documentOf(aPlainOrder({ id: key(offset), phone: `1370000${String(count + offset).padStart(4, '0')}` }))
const send = (...offsets: number[]) => product.decide(...offsets.map(order))
const runsOf = async (offset: number) => {
  const runs = await product.services.store.runs.find({ order: `plain:${key(offset)}` }).lean()
  return runs.map(({ workflow, outcome }) => `${workflow}: ${outcome}`).sort()
}
const switched = (workflow: string, verb: 'pause' | 'resume') =>
  product.post(`/api/workflows/${workflow}/${verb}`)
const heldOf = async (workflow: string) => {
  const { held } = await idleOrders(product.services.store, 'main')
  return held.find(each => each.workflow === workflow)?.orders
}

describe('an order that comes while its workflow is paused', () => {
  it('waits where it can be seen, and is worked when the workflow is resumed', async () => {
    await switched('warehouse', 'pause')
    await send(1, 2)
    expect(await runsOf(1)).toEqual([])
    expect(await heldOf('warehouse')).toBe(2)
    expect((await product.get('/api/overview')).body).toMatchObject({
      held: [{ workflow: 'warehouse', name: '仓库规则', orders: 2 }],
    })
    await switched('warehouse', 'resume')
    await eventually(
      'both are worked',
      async () => (await Promise.all([runsOf(1), runsOf(2)])).flat().length === 2,
    )
    expect(await runsOf(1)).toEqual(['warehouse: ship'])
    await eventually('nobody waits', async () => (await heldOf('warehouse')) === undefined)
  })

  it('waits also where it was queued before, and is not counted among those nobody wants', async () => {
    await product.put('/api/settings', { drainPerSecond: 1 })
    await product.post('/api/intake/plain', [1, 2, 3, 4, 5].map(order))
    await switched('warehouse', 'pause')
    await product.put('/api/settings', { drainPerSecond: 0 })
    await product.services.engine.idle()
    const worked = (await Promise.all([1, 2, 3, 4, 5].map(runsOf))).flat().length
    expect(worked).toBeLessThan(5)
    expect(await heldOf('warehouse')).toBe(5 - worked)
    expect((await idleOrders(product.services.store, 'main')).unclaimed).toBe(0)
    await switched('warehouse', 'resume')
    await eventually(
      'all are worked',
      async () => (await Promise.all([1, 2, 3, 4, 5].map(runsOf))).flat().length === 5,
    )
  })

  it('is worked by it also where another workflow worked it meanwhile, which does not work it again', async () => {
    await product.post('/api/workflows', { id: 'beside', name: '旁听', graph: warehouseWorkflow })
    await product.post('/api/workflows/beside/publish', {})
    await switched('warehouse', 'pause')
    await send(1)
    expect(await runsOf(1)).toEqual(['beside: ship'])
    const before = await product.services.store.runs.findOne({ order: `plain:${key(1)}` }).lean()
    await switched('warehouse', 'resume')
    await eventually('it is worked', async () => (await runsOf(1)).length === 2)
    expect(await runsOf(1)).toEqual(['beside: ship', 'warehouse: ship'])
    await product.services.engine.idle()
    expect(await product.services.store.runs.findById(before!._id).lean()).toEqual(before)
    expect(await product.services.store.events.findOne({ order: `plain:${key(1)}` }).lean()).toMatchObject({
      state: 'done',
    })
    await switched('beside', 'pause')
  })

  it('is worked once however often the workflow is paused and resumed, and whoever looks', async () => {
    await switched('warehouse', 'pause')
    await send(1, 2, 3)
    for (const verb of ['resume', 'pause', 'resume'] as const) await switched('warehouse', verb)
    await Promise.all([product.services.control.catchUp.look(), product.services.control.catchUp.look()])
    await product.services.engine.idle()
    for (const offset of [1, 2, 3]) expect(await runsOf(offset)).toEqual(['warehouse: ship'])
  })

  it('does not wait for a workflow that was put away', async () => {
    await switched('warehouse', 'pause')
    await product.send({ method: 'PATCH', url: '/api/workflows/warehouse', payload: { archived: true } })
    await send(1)
    expect(await heldOf('warehouse')).toBeUndefined()
    await product.send({ method: 'PATCH', url: '/api/workflows/warehouse', payload: { archived: false } })
    await send(2)
    await switched('warehouse', 'resume')
    await eventually('the later one is worked', async () => (await runsOf(2)).length === 1)
    expect(await runsOf(1)).toEqual([])
  })
})

describe('events no workflow wanted', () => {
  it('are counted and sent again in parts', async () => {
    await switched('warehouse', 'pause')
    await product.send({ method: 'PATCH', url: '/api/workflows/warehouse', payload: { archived: true } })
    await send(1, 2, 3)
    await product.send({ method: 'PATCH', url: '/api/workflows/warehouse', payload: { archived: false } })
    await switched('warehouse', 'resume')
    const countUnclaimed = () => product.services.store.events.countDocuments({ state: 'unclaimed' })
    const unclaimed = await countUnclaimed()
    expect(unclaimed).toBeGreaterThanOrEqual(3)
    const retry = (query: string) => product.post(`/api/events/retry-unclaimed${query}`)
    const { body: first } = await retry('?limit=1')
    expect(first).toMatchObject({ status: 'accepted', sent: 1, left: unclaimed - 1 })
    await product.services.engine.idle()
    const after = `?after=${encodeURIComponent(String(first.last))}`
    expect((await retry(after)).body).toMatchObject({ sent: unclaimed - 1, left: 0 })
    expect(await retry('?after=nobody')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    await product.services.engine.idle()
    for (const offset of [1, 2, 3]) expect(await runsOf(offset)).toEqual(['warehouse: ship'])
    expect(await countUnclaimed()).toBe(0)
  })
})
