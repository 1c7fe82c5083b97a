import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstEventOf, lastEvents } from '../../server/simulate/choose-events.ts'
import { testEvents } from '../../server/simulate/test-events.ts'
import { drawingPrint, trialPlan } from '../../server/simulate/trial-plan.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let room: EngineRoom

beforeAll(async () => {
  room = await openEngineRoom({ stock: { hangzhou: { 'MILK-1': 300 }, ningbo: { 'MILK-1': 200 } } })
})
afterAll(() => room.close())

const planOf = (graph: WorkflowGraph = warehouseWorkflow) => {
  const made = trialPlan({ _id: 'warehouse', workspace: 'main', name: '仓库规则' }, graph)
  if (!('plan' in made)) throw new Error(JSON.stringify(made.wrong))
  return made.plan
}
const tryOne = async (id: string) =>
  testEvents(room.context, planOf(), [await firstEventOf(room.store, `plain:${id}`)], { isWhole: true })
const available = async (warehouse: string) =>
  (await room.store.stock.findById(`main/${warehouse}/MILK-1`).lean())!.available

describe('the traces of a past order', () => {
  it('are taken back also when its goods were shipped, and not twice when they were released', async () => {
    await room.decide([documentOf(aPlainOrder({ id: 'S1', quantity: 150 }))])
    await room.decide([documentOf(aPlainOrder({ id: 'S2', quantity: 100, phone: '13800000002' }))])
    const hold = async (id: string) =>
      (await room.store.movements.findOne({ order: `plain:${id}`, kind: 'held' }).lean())!._id
    await room.desk.endHold(await hold('S1'), 'shipped', '')
    expect((await tryOne('S1')).runs).toMatchObject([{ outcome: 'ship' }])
    await room.desk.endHold(await hold('S2'), 'released', '')
    // 150 are there now. Taken back twice it would be 250, which covers what the next order wants.
    expect(await available('hangzhou')).toBe(150)
    await room.decide([documentOf(aPlainOrder({ id: 'S3', quantity: 60, phone: '13800000003' }))])
    const events = [await firstEventOf(room.store, 'plain:S2')]
    const { runs } = await testEvents(room.context, planOf(), events, { isWhole: true })
    expect(runs).toMatchObject([{ outcome: 'transfer', before: { outcome: 'ship' } }])
  })

  it('leave other orders where they are: what they hold is not there', async () => {
    await room.decide([documentOf(aPlainOrder({ id: 'O1', quantity: 90, phone: '13800000011' }))])
    expect(await available('hangzhou')).toBe(0)
    expect((await tryOne('O1')).runs).toMatchObject([{ outcome: 'ship' }])
    expect((await tryOne('S3')).runs).toMatchObject([{ outcome: 'ship' }])
  })
})

describe('changes of an order', () => {
  it('that came after it are not new in a test of the last orders, as they were not live', async () => {
    await room.decide([documentOf(aPlainOrder({ id: 'V1', phone: '13800000021', sku: 'GONE' }))])
    await room.decide([
      documentOf(aPlainOrder({ id: 'V1', phone: '13800000021', sku: 'GONE', modified: '2' })),
    ])
    const [last] = await lastEvents(room.store, 1)
    expect(last).toMatchObject({ order: 'plain:V1' })
    const alone = await testEvents(room.context, planOf(), [last!], { isWhole: false })
    expect(alone.runs).toMatchObject([{ status: 'unwanted' }])
    const both = await testEvents(room.context, planOf(), await lastEvents(room.store, 2), { isWhole: false })
    expect(both.runs.map(run => run.status)).toEqual(['done', 'unwanted'])
  })
})

describe('a thousand orders', () => {
  it('are tried in a few seconds, while the server goes on answering', async () => {
    const documents = Array.from({ length: 1_000 }, (_, index) =>
      documentOf(
        aPlainOrder({
          id: `T${index}`,
          // Every tenth repeats the order before it.
          phone: `139${String(index - (index % 10 === 9 ? 1 : 0)).padStart(8, '0')}`,
          quantity: 1 + (index % 3),
          urgent: index % 7 === 0,
        }),
      ),
    )
    // Enough for all: which of two orders got the last piece was a matter of whose lane was quicker.
    const lines = [{ warehouse: 'hangzhou', sku: 'MILK-1', quantity: 3_000 }]
    await room.desk.move({ id: 'more', kind: 'received', lines, reason: '' })
    await room.decide(documents)
    const events = await lastEvents(room.store, 1_000)
    let longestMs = 0
    let at = performance.now()
    const ticking = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - at)
      at = performance.now()
    }, 5)
    const result = await testEvents(room.context, planOf(), events, { isWhole: false })
    clearInterval(ticking)
    expect(result).toMatchObject({ total: 1_000, changed: 0, failed: 0 })
    expect(result.outcomes.find(each => each.outcome === 'duplicate')).toMatchObject({
      count: 100,
      before: 100,
    })
    expect(result.runs).toHaveLength(50)
    expect(result.runs.every(run => run.steps.every(step => step.input === undefined))).toBe(true)
    expect(result.tookMs).toBeLessThan(10_000)
    expect(longestMs).toBeLessThan(1_000)
  })
})

describe('the fingerprint of a drawing', () => {
  it('is the same wherever cards stand and in whatever order they are listed', () => {
    const { nodes, edges } = warehouseWorkflow
    const moved = {
      nodes: nodes.toReversed().map(node => ({ ...node, position: { x: 1, y: 2 } })),
      edges: edges.toReversed(),
      notes: [{ id: 'n', text: '说明', position: { x: 0, y: 0 } }],
    }
    expect(drawingPrint(moved)).toBe(drawingPrint(warehouseWorkflow))
  })

  it('is another one with another param, name or edge', () => {
    const [first, ...rest] = warehouseWorkflow.nodes
    const prints = [
      warehouseWorkflow,
      { ...warehouseWorkflow, nodes: [{ ...first!, label: 'x' }, ...rest] },
      { ...warehouseWorkflow, nodes: [{ ...first!, params: { orders: 'any' } }, ...rest] },
      { ...warehouseWorkflow, edges: warehouseWorkflow.edges.slice(1) },
    ].map(drawingPrint)
    expect(new Set(prints).size).toBe(4)
  })
})
