import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { anEvent, anOrder, exampleConnections, exampleWarehouses } from '../../server/nodes/example-order.ts'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { defineAskingNode, defineItemNode } from '../../server/nodes/per-item.ts'
import { StepError } from '../../server/nodes/step-failure.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import type { World } from '../../server/world/world.ts'
import { runBatch } from './run-node.ts'

const type = (id: string) => nodeTypesByType.get(id)!

const words = { zh: '测试', en: 'test' }
const declared = {
  type: 'test.node',
  kind: 'data',
  name: words,
  title: words,
  description: words,
  params: Type.Object({}),
  ports: { next: words },
  adds: {},
  needs: [],
  explain: () => words,
  examples: [],
} as const

describe('one bad item in a batch', () => {
  it('of a node for one item fails alone, as our fault', async () => {
    const node = defineItemNode({
      ...declared,
      step({ data }) {
        if (data.order?.urgent) throw new TypeError('cannot read this')
        return { ports: ['next'] }
      },
    })
    const batch = [{ order: anOrder() }, { order: anOrder({ urgent: true }) }, { order: anOrder() }]
    const outcomes = await runBatch(node, {}, batch, simulatedWorld({}))
    expect(outcomes.map(outcome => outcome.ports)).toEqual([['next'], [], ['next']])
    expect(outcomes[1]?.failed).toEqual({
      code: 'NODE_FAILED',
      message: 'cannot read this',
      blame: 'engine',
      retryable: true,
    })
  })

  it('fails with what the node itself says of it', async () => {
    const node = defineItemNode({
      ...declared,
      step() {
        throw new StepError('NO_LUCK', { zh: '没办法', en: 'no luck' }, 'connector', false)
      },
    })
    const [outcome] = await runBatch(node, {}, [{}], simulatedWorld({}))
    expect(outcome?.failed).toEqual({
      code: 'NO_LUCK',
      message: '没办法 / no luck',
      blame: 'connector',
      retryable: false,
    })
  })

  it.each(['question', 'outcome'] as const)(
    'of a node that asks the world fails alone in its %s',
    async where => {
      const asked: number[] = []
      const node = defineAskingNode({
        ...declared,
        question({ key, data }) {
          if (where === 'question' && data.order?.urgent) throw new Error('no question')
          return { key, urgent: data.order?.urgent === true }
        },
        async ask(questions) {
          asked.push(questions.length)
          return questions.map(({ urgent }) => urgent)
        },
        outcome(urgent) {
          if (urgent) throw new Error('no outcome')
          return { ports: ['next'] }
        },
      })
      const batch = [{ order: anOrder() }, { order: anOrder({ urgent: true }) }, { order: anOrder() }]
      const outcomes = await runBatch(node, {}, batch, simulatedWorld({}))
      expect(outcomes.map(outcome => outcome.failed?.code)).toEqual([undefined, 'NODE_FAILED', undefined])
      expect(asked).toEqual([where === 'question' ? 2 : 3])
    },
  )

  it('stops nobody when anything but an error is thrown', async () => {
    const node = defineItemNode({
      ...declared,
      step() {
        throw 'a text'
      },
    })
    const [outcome] = await runBatch(node, {}, [{}], simulatedWorld({}))
    expect(outcome?.failed).toMatchObject({ code: 'NODE_FAILED', message: 'a text' })
  })

  it('fails in words where a node needs an order and there is none', async () => {
    for (const [id, params] of [
      ['order.dedup', {}],
      ['stock.lookup', {}],
      ['stock.reserve', {}],
      ['stock.transfer', {}],
      ['data.set', { values: [{ field: 'urgent', value: true }] }],
      ['purchase.create', { supplier: 'supplier' }],
      ['data.validate', {}],
    ] as const) {
      const [outcome] = await runBatch(
        type(id),
        params,
        [{ order: undefined }],
        simulatedWorld({ connections: exampleConnections }),
      )
      expect(outcome?.failed, id).toMatchObject({ code: 'NO_ORDER', blame: 'workflow' })
    }
  })
})

describe('a batch of 500', () => {
  const counted = () => {
    const world = simulatedWorld({
      connections: exampleConnections,
      warehouses: exampleWarehouses,
      stock: { hangzhou: { 'MILK-1': 400 } },
    })
    const calls: string[] = []
    const counting = (name: string, part: object) =>
      Object.fromEntries(
        Object.entries(part).map(([method, ask]) => [
          method,
          (requests: unknown) => {
            calls.push(`${name}.${method}`)
            return ask(requests)
          },
        ]),
      )
    const counted = {
      ...world,
      orders: counting('orders', world.orders),
      dedup: counting('dedup', world.dedup),
      stock: counting('stock', world.stock),
    } as unknown as World
    return { calls, world: counted }
  }
  const batch = Array.from({ length: 500 }, (_, index) => ({
    order: anOrder({ orderId: `T${index}`, phone: `1380000${String(index).padStart(4, '0')}` }),
    event: anEvent({ orderKey: `tb:T${index}` }),
  }))

  it.each([
    ['order.received', 'orders.arrive'],
    ['order.dedup', 'dedup.claim'],
    ['stock.lookup', 'stock.facts'],
    ['stock.reserve', 'stock.hold'],
  ])('%s asks the world once (%s)', async (id, call) => {
    const { calls, world } = counted()
    const outcomes = await runBatch(type(id), {}, batch, world)
    expect(calls).toEqual([call])
    expect(outcomes).toHaveLength(500)
  })

  it('never holds more than there is', async () => {
    const { world } = counted()
    const outcomes = await runBatch(type('stock.reserve'), {}, batch, world)
    const held = outcomes.filter(outcome => outcome.ports[0] === 'held')
    expect(held).toHaveLength(200)
  })

  it('nothing is asked where nobody has a question', async () => {
    const { calls, world } = counted()
    await runBatch(type('order.received'), { channels: ['jd'] }, batch, world)
    expect(calls).toEqual([])
  })
})
