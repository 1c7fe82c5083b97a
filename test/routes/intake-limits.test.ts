import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'

let product: ProductRoom
beforeAll(async () => {
  product = await openProduct({ MAX_BACKLOG: '100' })
})
afterAll(() => product.close())

const push = (connection: string, ...ids: string[]) =>
  product.post(
    `/api/intake/${connection}`,
    ids.map(id => ({ id })),
  )
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}${n}`)
const connect = (id: string, limitPerSecond?: number) =>
  product.put(`/api/connections/${id}`, { identity: { orderId: ['id'] }, limitPerSecond })

describe('a connection with a limit', () => {
  it('is told when to come again, by its name, and nothing of the request is taken', async () => {
    expect((await connect('slow', 2)).body).toMatchObject({ limitPerSecond: 2 })
    expect((await push('slow', 'a', 'b', 'c', 'd')).status).toBe(202)
    const answer = await push('slow', 'e', 'f', 'g')
    expect(answer).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
    expect(answer.body.message).toContain('slow')
    expect(answer.headers['retry-after']).toBe('2')
    await product.services.engine.idle()
    expect(await product.services.store.events.countDocuments({ connection: 'slow' })).toBe(4)
  })

  it('is counted in orders and not in requests', async () => {
    await connect('counted', 5)
    const began = performance.now()
    const answers = await Promise.all(many(40, 'x').map(id => push('counted', id)))
    const taken = answers.filter(({ status }) => status === 202).length
    const seconds = (performance.now() - began) / 1_000
    expect(taken).toBeGreaterThanOrEqual(10)
    expect(taken).toBeLessThanOrEqual(10 + Math.ceil(seconds * 5))
  })

  it('does not hold up others, and is free again once the limit is taken away', async () => {
    await connect('free')
    await connect('bound', 1)
    expect((await push('bound', 'a', 'b')).status).toBe(202)
    expect((await push('bound', 'c')).status).toBe(429)
    expect((await push('free', 'a', 'b', 'c')).status).toBe(202)
    await connect('bound', 0)
    expect((await push('bound', 'c')).status).toBe(202)
  })

  it('does not pay for what a full backlog refused', async () => {
    await connect('full', 60)
    expect((await push('full', ...many(101, 'z'))).body).toMatchObject({ code: 'BUSY' })
    expect((await push('full', 'one')).status).toBe(202)
  })

  it('cannot be less than none', async () => {
    expect((await connect('wrong', -1)).body).toMatchObject({ code: 'BODY_INVALID' })
  })
})
