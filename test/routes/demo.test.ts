import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { eventually } from '../support/store-room.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
})
afterAll(() => product.close())

describe('the demo shop', () => {
  it('is not there until somebody asks for it', async () => {
    expect((await product.get('/api/overview')).body).toMatchObject({
      accepted: 0,
      connections: 0,
      workflows: 0,
    })
    expect((await product.get('/api/demo')).body).toEqual({ running: false, sent: 0, total: 0 })
  })

  it('sets itself up and feeds orders that are decided', async () => {
    const answer = await product.post('/api/demo')
    expect(answer).toMatchObject({ status: 202, body: { story: 'three-channels', orders: 3_000 } })
    await eventually(
      'forty orders',
      async () => Number((await product.get('/api/demo')).body.sent) >= 40,
      20_000,
    )
    await eventually('decisions', async () => Number((await product.get('/api/overview')).body.decided) >= 20)
    expect((await product.get('/api/runs?status=failed')).body.items).toEqual([])
    const { body } = await product.get('/api/orders')
    for (const { sentence } of body.items as unknown as { sentence: { zh: string } }[])
      expect(sentence.zh).not.toBe('')
  })

  it('goes on as it was when it is started twice', async () => {
    const before = Number((await product.get('/api/demo')).body.sent)
    expect((await product.post('/api/demo')).status).toBe(202)
    expect(Number((await product.get('/api/demo')).body.sent)).toBeGreaterThanOrEqual(before)
  })

  it('stops feeding when asked, and can be started again with other orders', async () => {
    const stopped = await product.send({ method: 'DELETE', url: '/api/demo' })
    expect(stopped.body).toMatchObject({ running: false })
    const { sent } = stopped.body as unknown as { sent: number }
    await new Promise(resolve => setTimeout(resolve, 700))
    expect((await product.get('/api/demo')).body).toMatchObject({ running: false, sent })
    await product.services.engine.idle()
    const accepted = Number((await product.get('/api/overview')).body.accepted)
    await product.post('/api/demo')
    await eventually(
      'new orders',
      async () => Number((await product.get('/api/overview')).body.accepted) > accepted + 10,
    )
  })
})
