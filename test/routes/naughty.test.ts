import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

const FILE = '../shared/data/blns/blns.json'
const strings: string[] = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as string[]) : []

const HANDS = 12

/** Beside the list: what stores and parsers stumble over. */
const more = [
  '\0',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '$where',
  '$gt',
  'a.b.c',
  '__proto__',
  'constructor',
  'x'.repeat(70_000),
  '\u2028',
  '\ufeff',
  '%s %d %j',
]

/** Several at a time, as many people would: what each waits for on disk is waited for together. */
async function eachOf(
  texts: readonly string[],
  work: (text: string, index: number) => Promise<void>,
): Promise<void> {
  const left = [...texts.entries()]
  const hand = async () => {
    for (let next = left.shift(); next; next = left.shift()) await work(next[1], next[0])
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}

/** Every text goes to one in `parts` of the places, and every place gets its share of all texts. */
const shareOf = <T>(places: readonly T[], index: number, parts: number): readonly T[] =>
  places.filter((_, place) => (place + index) % parts === 0)

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop()
})
afterAll(() => product.close())

const FIELDS = ['id', 'phone', 'name', 'city', 'orderedAt', 'modified'] as const

describe.skipIf(strings.length === 0)('naughty strings (skipped where the list is absent)', () => {
  it.each(FIELDS)(
    'in "%s" of an order never cost a neighbour, and never make the server stumble',
    async field => {
      const all = [...strings, ...more]
      const naughty = all.map((text, index) =>
        documentOf(
          aPlainOrder({
            id: `${field}-${index}`,
            phone: `1370${String(index).padStart(7, '0')}`,
            [field]: text,
          }),
        ),
      )
      const neighbours = naughty.map((_, index) =>
        index % 4 === 0
          ? [
              documentOf(
                aPlainOrder({ id: `${field}-ok-${index}`, phone: `1360${String(index).padStart(7, '0')}` }),
              ),
            ]
          : [],
      )
      const batch = naughty.flatMap((each, index) => [each, ...neighbours[index]!])
      const answer = await product.decide(...batch)
      expect(answer.status).toBe(202)
      const { accepted, repeated, refused } = answer.body as unknown as {
        accepted: number
        repeated: number
        refused: { index: number }[]
      }
      expect(accepted + repeated + refused.length).toBe(batch.length)
      expect(refused.filter(({ index }) => neighbours.flat().includes(batch[index]!))).toEqual([])
      const { store } = product.services
      const decided = await store.runs
        .find({ order: { $in: neighbours.flat().map(each => `plain:${each.id}`) } })
        .lean()
      expect(decided).toHaveLength(neighbours.flat().length)
      expect(decided.every(run => run.status === 'done')).toBe(true)
      expect(await store.events.countDocuments({ state: 'pending' })).toBe(0)
      expect(await store.events.countDocuments({ state: 'failed' })).toBe(0)
      expect(await store.runs.countDocuments({ 'error.blame': 'engine' })).toBe(0)
    },
  )

  it('in a SKU, and every wrong type in every field, are decided or refused, one by one', async () => {
    const wrong = [null, true, 0, -1, 1e308, 12.5, [], {}, [[]], { $gt: '' }]
    const batch = [
      ...[...strings, ...more].map((sku, index) =>
        documentOf(aPlainOrder({ id: `sku-${index}`, phone: `1350${String(index).padStart(7, '0')}`, sku })),
      ),
      ...FIELDS.flatMap(field =>
        wrong.map((value, index) => ({
          ...documentOf(aPlainOrder({ id: `wrong-${field}-${index}` })),
          [field]: value,
        })),
      ),
      ...wrong.map((value, index) => ({
        ...documentOf(aPlainOrder({ id: `lines-${index}` })),
        lines: value,
      })),
      ...wrong.map((value, index) => ({
        ...documentOf(aPlainOrder({ id: `line-${index}` })),
        lines: [value],
      })),
      ...wrong.map((quantity, index) => ({
        ...documentOf(aPlainOrder({ id: `quantity-${index}` })),
        lines: [{ sku: 'MILK-1', quantity }],
      })),
    ]
    const answer = await product.decide(...batch)
    expect(answer.status).toBe(202)
    expect(await product.services.store.events.countDocuments({ state: 'pending' })).toBe(0)
    expect(await product.services.store.runs.countDocuments({ 'error.blame': 'engine' })).toBe(0)
    expect((await product.get('/api/stock/proof')).body).toMatchObject({ agrees: true })
  })

  it('can be read back on every list and page', async () => {
    for (const path of ['orders', 'runs', 'quarantine', 'events', 'stock', 'stock/ledger', 'tasks']) {
      let next: string | undefined = ''
      while (next !== undefined) {
        const answer = await product.get(`/api/${path}?limit=200${next ? `&cursor=${next}` : ''}`)
        expect(answer.status, path).toBe(200)
        next = answer.body.next as unknown as string | undefined
      }
    }
    const orders = (await product.get('/api/orders?limit=200')).body.items as unknown as { key: string }[]
    for (const { key } of orders.slice(0, 40))
      expect((await product.get(`/api/orders/${encodeURIComponent(key)}`)).status, key).toBeLessThan(500)
  })
})

describe.skipIf(strings.length === 0)(
  'naughty strings, on a server without orders (skipped where the list is absent)',
  () => {
    let empty: ProductRoom
    beforeAll(async () => {
      empty = await openProduct()
      await empty.openShop({})
    })
    afterAll(() => empty.close())

    it('in filters, ids and cursors find nothing or are refused, and that is all', async () => {
      await eachOf([...strings, ...more.filter(each => each.length < 1_000)], async (text, index) => {
        const escaped = encodeURIComponent(Buffer.from(text).toString())
        const paths = [
          'orders?q=',
          'orders?status=',
          'orders/',
          'runs/',
          'runs?order=',
          'runs?orderId=',
          'runs?phone=',
          'runs?sku=',
          'runs?outcome=',
          'runs?node=',
          'stock?sku=',
          'orders?cursor=',
        ]
        for (const path of shareOf(paths, index, 2)) {
          const { status } = await empty.get(`/api/${path}${escaped}`)
          expect(status, `${path}${escaped}`).toBeLessThan(500)
        }
      })
    })

    it('in bodies of every other route are kept as they are or refused', async () => {
      await eachOf([...strings, ...more], async (text, index) => {
        const requests: [string, string, unknown][] = [
          ['PUT', '/api/warehouses/w', { name: text, city: text, point: { lng: 120, lat: 30 } }],
          [
            'PUT',
            '/api/connections/naughty',
            { name: text, channel: text, shop: text, identity: { orderId: [text] }, groupRowsBy: text },
          ],
          [
            'PUT',
            '/api/connections/naughty',
            { settings: { [text]: text }, mapping: { [text]: { [text]: text } } },
          ],
          ['POST', '/api/workflows', { name: text, graph: naughtyGraph(text) }],
          ['POST', '/api/workflows/warehouse/check', { graph: naughtyGraph(text) }],
          [
            'POST',
            '/api/stock/receipts',
            { id: text, warehouse: 'wuhan', lines: [{ sku: text, quantity: 1 }], reason: text },
          ],
          [
            'POST',
            '/api/workflows/warehouse/test',
            { on: { kind: 'document', connection: 'plain', document: naughtyOrder(text) } },
          ],
          ['POST', '/api/workflows/warehouse/test', { graph: text, on: { kind: 'order', order: text } }],
          ['POST', '/api/workflows/import', naughtyFile(text)],
          ['POST', '/api/runs/retry', { workflow: 'warehouse', node: text, code: text }],
          ['POST', '/api/tasks/x/decide', { choice: text, by: text }],
          ['POST', '/api/quarantine/x/resubmit', { body: text }],
        ]
        for (const [method, url, payload] of shareOf(requests, index, 4)) {
          const answer = await empty.send({ method: method as 'PUT', url, payload: payload as object })
          const told = `${method} ${url} ${JSON.stringify(text).slice(0, 80)} ${JSON.stringify(answer.body)}`
          expect(answer.status, told).toBeLessThan(500)
        }
        if (index % 50 !== 0) return
        const note = { note: text.slice(0, 500) }
        const published = await empty.send({
          method: 'POST',
          url: '/api/workflows/warehouse/publish',
          payload: note,
        })
        expect(published.status, JSON.stringify(note)).toBeLessThan(500)
      })
      const made = (await empty.get('/api/workflows?limit=200')).body.items as unknown as { id: string }[]
      for (const { id } of made.slice(0, 40))
        for (const path of ['export', 'cases', 'before-publish'])
          expect((await empty.get(`/api/workflows/${id}/${path}`)).status, `${id} ${path}`).toBe(200)
      for (const path of ['workflows?limit=200', 'connections', 'warehouses', 'stock'])
        expect((await empty.get(`/api/${path}`)).status, path).toBe(200)
      expect((await empty.get('/api/stock/proof')).body).toMatchObject({ agrees: true })
    }, 120_000)
  },
)

const naughtyOrder = (text: string) => ({
  ...documentOf(aPlainOrder({ id: text, name: text, sku: text })),
  [text]: { [text]: text },
})

const naughtyFile = (text: string) => ({
  format: 'orderloom.workflow',
  formatVersion: 1,
  name: text,
  graph: naughtyGraph(text),
  cases: [
    {
      name: text,
      connection: text,
      channel: text,
      shop: text,
      order: text,
      document: { [text]: text },
      world: { stock: { [text]: { [text]: 1 } } },
      expect: { outcome: text },
    },
  ],
})

const naughtyGraph = (text: string) => ({
  nodes: [{ id: 'a', type: text, label: text, params: { [text]: { [text]: text } } }],
  edges: [{ from: 'a', port: text, to: 'a' }],
  settings: { description: text },
})
