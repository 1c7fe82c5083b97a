import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'

let product: ProductRoom
let count = 0

beforeAll(async () => {
  product = await openProduct({ MAX_BODY_MB: '1' })
  await product.put('/api/connections/plain', {
    name: '测试店',
    identity: { orderId: ['id'], version: ['v'] },
  })
})
afterAll(() => product.close())
beforeEach(() => {
  count += 1_000
})

const id = (offset = 0) => `N${count + offset}`
const push = (payload: string | Buffer, type = 'application/json', connection = 'plain') =>
  product.send({
    method: 'POST',
    url: `/api/intake/${connection}`,
    payload,
    headers: { 'content-type': type },
  })
/** An order's event, where it stands once it is worked off. */
async function stored(order: string, connection = 'plain') {
  await product.services.engine.idle()
  return product.services.store.events.findOne({ order: `${connection}:${order}` }).lean()
}
const inQuarantine = async (body: string) => product.services.store.quarantine.findOne({ body }).lean()

describe('POST /api/intake/:connection', () => {
  it('takes one order, a list, and one per line; what it answers for is in the store', async () => {
    expect((await push(JSON.stringify({ id: id() }))).body).toMatchObject({ accepted: 1, message: '已受理' })
    expect(await stored(id())).toMatchObject({ state: 'unclaimed', body: `{"id":"${id()}"}` })
    const list = await push(JSON.stringify([{ id: id(1) }, { id: id(2) }]))
    expect(list.status).toBe(202)
    expect(new Set(list.body.events as unknown as string[]).size).toBe(2)
    const lines = `{"id":"${id(3)}"}\n\n{"id":"${id(4)}"}\n`
    expect((await push(lines, 'application/x-ndjson')).body).toMatchObject({ accepted: 2 })
    expect((await push(lines, 'text/plain; charset=utf-8')).body).toMatchObject({ accepted: 0, repeated: 2 })
  })

  it('knows the same version of an order again, and takes a new one', async () => {
    const order = (v: number) => JSON.stringify({ id: id(), v })
    const first = await push(order(1))
    const again = await push(order(1))
    expect(again.status).toBe(202)
    expect(again.body).toMatchObject({ accepted: 0, repeated: 1, events: first.body.events })
    expect((await push(order(2))).body).toMatchObject({ accepted: 1, repeated: 0 })
  })

  it('knows an order again that names no version, however its text is spaced', async () => {
    await product.put('/api/connections/unversioned', { identity: { orderId: ['id'] } })
    const send = (text: string) => push(text, 'application/json', 'unversioned')
    expect((await send(`{"id":"${id()}","a":1}`)).body).toMatchObject({ accepted: 1 })
    expect((await send(`{ "id": "${id()}",\n "a": 1 }\n`)).body).toMatchObject({ repeated: 1 })
    expect((await send(`[{"id":"${id()}", "a":1}]`)).body).toMatchObject({ repeated: 1 })
  })

  it('keeps ids beyond 2^53 whole', async () => {
    await push(`{"id":69202123456789${count}}`)
    expect(await stored(`69202123456789${count}`)).not.toBeNull()
  })

  it('names refused orders by their place and takes their neighbours', async () => {
    const answer = await push(JSON.stringify([{ id: id() }, { no: 1 }, 'text', null, [], { id: id(1) }]))
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({
      accepted: 2,
      refused: [
        { index: 1, problems: [{ code: 'NO_ORDER_ID', field: 'id' }] },
        { index: 2, problems: [{ code: 'NOT_AN_OBJECT' }] },
        { index: 3, problems: [{ code: 'NOT_AN_OBJECT' }] },
        { index: 4, problems: [{ code: 'NOT_AN_OBJECT' }] },
      ],
    })
    const events = answer.body.events as unknown as string[]
    expect(events.map(event => event !== '')).toEqual([true, false, false, false, false, true])
    expect(await inQuarantine('{"no":1}')).toMatchObject({ status: 'open', connection: 'plain' })
  })

  it('names broken lines by their place among the lines', async () => {
    const answer = await push(
      `{"id":"${id()}"}\n{broken\n{"no":${count}}\n{"id":"${id(1)}"}`,
      'application/x-ndjson',
    )
    expect(answer.body).toMatchObject({
      accepted: 2,
      refused: [
        { index: 1, problems: [{ code: 'NOT_JSON' }] },
        { index: 2, problems: [{ code: 'NO_ORDER_ID' }] },
      ],
    })
    expect(await inQuarantine('{broken')).not.toBeNull()
  })

  it('answers 400 with every problem when nothing could be taken', async () => {
    const answer = await push(JSON.stringify([{ no: count }, 7]))
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      code: 'BODY_INVALID',
      details: [
        { index: 0, problems: [{ code: 'NO_ORDER_ID' }] },
        { index: 1, problems: [{ code: 'NOT_AN_OBJECT' }] },
      ],
    })
    expect((await push('[]')).body).toMatchObject({ code: 'BODY_INVALID' })
  })

  it('keeps a body nobody can read in quarantine, and says so', async () => {
    const text = `{"id":"${id()}",`
    const answer = await push(text)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'BODY_NOT_JSON' })
    expect(answer.body.details!.quarantine).toBe((await inQuarantine(text))?._id)
    expect((await push('')).body).toMatchObject({ code: 'BODY_NOT_JSON', details: { quarantine: '' } })
  })

  it('refuses a body beyond the limit, another content type, and connections that are unknown or switched off', async () => {
    const large = await push(JSON.stringify({ id: id(), text: 'x'.repeat(1_100_000) }))
    expect([large.status, large.body.code]).toEqual([413, 'BODY_TOO_LARGE'])
    expect((await push('<id/>', 'text/xml')).status).toBe(415)
    expect((await push('{"id":1}', 'application/json', 'nobody')).body).toMatchObject({ code: 'NOT_FOUND' })
    await product.put('/api/connections/off', { enabled: false })
    expect((await push('{"id":1}', 'application/json', 'off')).body).toMatchObject({
      code: 'CONNECTION_PAUSED',
    })
  })

  it('refuses nesting beyond reason for that order alone', async () => {
    const deep = (levels: number) => `{"id":"${id(levels)}","a":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const answer = await push(`[${deep(500)},{"id":"${id()}"}]`)
    expect(answer.body).toMatchObject({
      accepted: 1,
      refused: [{ index: 0, problems: [{ code: 'TOO_DEEP' }] }],
    })
    for (const levels of [5_000, 100_000])
      expect((await push(deep(levels))).body).toMatchObject({ code: 'BODY_NOT_JSON' })
    expect((await push(`{"id":${'['.repeat(100_000)}`)).body).toMatchObject({ code: 'BODY_NOT_JSON' })
  })

  it('keeps a line that is too deep or cut off from costing the lines beside it', async () => {
    const lines = Array.from({ length: 1_200 }, (_, index) =>
      index % 3 === 0 ? `{"id":"${id(index)}"}` : '[["',
    )
    lines[4] = `{"id":69202123456789012345,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const answer = await push(lines.join('\n'), 'application/x-ndjson')
    expect(answer.body).toMatchObject({ accepted: 400 })
    expect(answer.body.refused).toHaveLength(800)
  })

  it('keeps a text that is no JSON at all in one piece', async () => {
    const text = `id,name\n${count},x\n${count},y`
    expect((await push(text, 'text/plain')).body).toMatchObject({ code: 'BODY_NOT_JSON' })
    expect(await inQuarantine(text)).not.toBeNull()
  })

  it('takes at most 20,000 orders at once', async () => {
    const list = (length: number) => JSON.stringify(Array.from({ length }, () => 1))
    expect(await push(list(20_001))).toMatchObject({ status: 413, body: { code: 'TOO_MANY_ORDERS' } })
    expect(await product.services.store.quarantine.countDocuments({ body: '1' })).toBe(0)
  })

  it('notices at once that a connection was switched off or changed', async () => {
    const order = () => push(JSON.stringify({ id: id(++switches) }), 'application/json', 'switched')
    let switches = 0
    expect((await order()).body).toMatchObject({ code: 'NOT_FOUND' })
    await product.put('/api/connections/switched', { identity: { orderId: ['id'] } })
    expect((await order()).status).toBe(202)
    await product.put('/api/connections/switched', { enabled: false })
    expect((await order()).body).toMatchObject({ code: 'CONNECTION_PAUSED' })
    await product.put('/api/connections/switched', { enabled: true, identity: { orderId: ['no'] } })
    expect((await order()).body).toMatchObject({ code: 'BODY_INVALID' })
  })

  it('takes orders whose fields are named like object internals, and changes no object by them', async () => {
    const text = `{"id":"${id()}","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`
    expect((await push(text)).status).toBe(202)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    expect((await stored(id()))?.body).toBe(text)
  })
})

describe('POST /api/intake/:connection/files', () => {
  const upload = (name: string, content: string | Uint8Array, connection = 'plain') => {
    const form = new FormData()
    form.append('file', new Blob([content as string]), name)
    return product.send({ method: 'POST', url: `/api/intake/${connection}/files`, payload: form as never })
  }

  it('takes a CSV in and tells of every row', async () => {
    const answer = await upload('订单.csv', `id,v\n${id()},1\n,1\n${id(1)},1`)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({
      file: '订单.csv',
      rows: 3,
      documents: 3,
      accepted: 2,
      refused: [{ rows: [3], problems: [{ code: 'NO_ORDER_ID' }] }],
    })
    expect((await upload('订单.csv', `id,v\n${id()},1`)).body).toMatchObject({ accepted: 0, repeated: 1 })
  })

  it('gathers rows of one order where the connection says by which column', async () => {
    await product.put('/api/connections/grouped', { groupRowsBy: 'no' })
    const answer = await upload('a.csv', `no,sku\n${id()},A\n${id(1)},B\n${id()},C`, 'grouped')
    expect(answer.body).toMatchObject({ rows: 3, documents: 2, accepted: 2 })
    const event = await stored(id(), 'grouped')
    expect(JSON.parse(event!.body)).toMatchObject({ no: id(), rows: [{ sku: 'A' }, { sku: 'C' }] })
  })

  it('takes thousands of rows', async () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `${id(index)}-f,1`)
    expect((await upload('many.csv', `id,v\n${rows.join('\n')}`)).body).toMatchObject({
      rows: 3_000,
      accepted: 3_000,
    })
  })

  it('names broken lines of NDJSON, and keeps them', async () => {
    const answer = await upload('a.ndjson', `{"id":"${id()}"}\n{broken ${count}`)
    expect(answer.body).toMatchObject({
      accepted: 1,
      refused: [{ rows: [2], problems: [{ code: 'NOT_JSON' }] }],
    })
    expect(await inQuarantine(`{broken ${count}`)).not.toBeNull()
  })

  it('says what is wrong with a file it cannot use', async () => {
    expect(await upload('a.pdf', 'x')).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_FILE' } })
    expect(await upload('a.xlsx', 'not a workbook')).toMatchObject({
      status: 400,
      body: { code: 'FILE_BROKEN' },
    })
    expect(await upload('a.json', '{')).toMatchObject({ status: 400, body: { code: 'FILE_BROKEN' } })
    expect(await upload('a.csv', '')).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
    expect(await upload('a.csv', 'x\n1')).toMatchObject({
      status: 400,
      body: { details: { refused: [{ rows: [2] }] } },
    })
    expect(await upload('a.csv', 'x'.repeat(1_100_000))).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE' },
    })
    expect(await push('{}', 'application/json', 'plain/files')).toMatchObject({ status: 415 })
    const empty = await product.send({
      method: 'POST',
      url: '/api/intake/plain/files',
      payload: new FormData() as never,
    })
    expect(empty.status).toBeLessThan(500)
    expect(empty.status).toBeGreaterThanOrEqual(400)
  })
})

describe('a full backlog', () => {
  it('is answered 503 with Retry-After, and nothing of the request is taken', async () => {
    const full = await openProduct({ MAX_BACKLOG: '2' })
    try {
      await full.put('/api/connections/plain', { identity: { orderId: ['id'] } })
      expect((await full.post('/api/intake/plain', [{ id: 1 }, { id: 2 }, { id: 3 }])).body).toMatchObject({
        code: 'BUSY',
      })
      const answer = await full.post('/api/intake/plain', [{ id: 1 }, { id: 2 }, { id: 3 }])
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5'])
      expect(await full.services.store.events.countDocuments()).toBe(0)
    } finally {
      await full.close()
    }
  })
})
