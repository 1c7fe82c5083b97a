import { afterAll, expect, it, vi } from 'vitest'
import { type Answer, openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'
import { smallDisk } from './small-disk.ts'

/** Room for the files the store keeps ready, its data, and no more than some hundred large orders. */
const MEGABYTES = 70
const MOST_ORDERS = 400
const STOCK = 1000

const disk = smallDisk(MEGABYTES)
let product: ProductRoom | undefined
afterAll(async () => {
  await product?.close()
  disk?.remove()
})

it('tells on a full disk that nothing was saved, keeps answering, and goes on when there is room', async ctx => {
  if (!disk) return ctx.skip('nothing can be mounted here, so no disk can be filled')
  disk.fill('ballast', 20)
  product = await openProduct({ DATA_DIR: disk.folder })
  await product.openShop({ hangzhou: { 'MILK-1': STOCK } })
  const accepted: number[] = []
  let refused: Answer | undefined
  for (let i = 0; i < MOST_ORDERS && !refused; i++) {
    const answer = await product.post('/api/intake/plain', [largeOrder(i)])
    if (answer.status === 202) accepted.push(i)
    else refused = answer
  }
  expect(refused).toMatchObject({
    status: 507,
    body: { code: 'STORE_FULL', message: expect.stringMatching(/磁盘已满.*disk .* is full/) },
    headers: { 'retry-after': '30' },
  })
  expect((await product.get('/api/orders?limit=1')).status).toBe(200)

  disk.makeRoom('ballast')
  await vi.waitUntil(
    async () => (await product!.post('/api/intake/plain', [largeOrder(MOST_ORDERS)])).status === 202,
    {
      timeout: 15_000,
      interval: 250,
    },
  )
  const expected = accepted.length + 1
  await vi.waitUntil(async () => (await shipped()) === expected, { timeout: 30_000, interval: 250 })
  expect(await product.services.store.orders.countDocuments()).toBe(expected)
  const { body } = await product.get('/api/stock?sku=MILK-1')
  expect(body.items).toMatchObject([{ available: STOCK - expected }])
})

/** Of a buyer of its own, so that no two are taken for one. */
function largeOrder(number: number) {
  const order = aPlainOrder({ id: `A${number}`, phone: `138${String(number).padStart(8, '0')}` })
  return { ...documentOf(order), note: 'x'.repeat(150_000) }
}

/** How many orders have been decided, for which one unit each is on hold then. */
async function shipped(): Promise<number> {
  return product!.services.store.orders.countDocuments({ status: 'to-ship' })
}
