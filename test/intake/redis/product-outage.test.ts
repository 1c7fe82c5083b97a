import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../../support/product.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { eventually } from '../../support/store-room.ts'
import { aPlainOrder, documentOf } from '../../support/warehouse-shop.ts'

let redis: RedisServer
let product: ProductRoom
beforeAll(async () => {
  redis = await startRedis()
  product = await openProduct({ REDIS_URL: redis.url })
  await product.openShop()
})
afterAll(async () => {
  await product.close()
  await redis.close()
})

const order = (id: string) => documentOf(aPlainOrder({ id }))
const runs = () => product.services.store.runs.countDocuments()

describe('the product with its buffer in Redis', () => {
  it('answers 503 with Retry-After while Redis is away, and decides everything once it is back', async () => {
    expect((await product.decide(order('A1'), order('A2'))).status).toBe(202)
    await redis.kill()
    const refused = await product.post('/api/intake/plain', order('A3'))
    expect(refused).toMatchObject({ status: 503, body: { code: 'BUFFER_UNREACHABLE' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)

    await redis.start()
    await eventually('it accepts again', async () => {
      const { status } = await product.post('/api/intake/plain', order('A3'))
      return status === 202
    })
    await product.decide(order('A4'), order('A1'))
    expect(await runs()).toBe(4)
    const { store } = product.services
    expect(await store.events.countDocuments({ state: 'done' })).toBe(4)
    expect(await store.events.countDocuments({ state: 'failed' })).toBe(0)
  })
})
