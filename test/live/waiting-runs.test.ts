import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { VersionCounts } from '../../server/live/counters.ts'
import { readWaitingRuns, withWaiting } from '../../server/live/waiting-runs.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let room: EngineRoom

const asking = {
  ...warehouseWorkflow,
  nodes: warehouseWorkflow.nodes.map(node =>
    node.id === 'backorder'
      ? { ...node, params: { ...node.params, wait: true, choices: [{ port: 'created', name: '等' }] } }
      : node,
  ),
}

beforeAll(async () => {
  room = await openEngineRoom({ graph: asking })
})
afterAll(() => room.close())

const order = (id: string, phone: string) => documentOf(aPlainOrder({ id, phone, sku: 'GONE' }))

describe('runs that wait', () => {
  it('are counted by version and node, also where nothing was counted since the start', async () => {
    expect(await readWaitingRuns(room.store)).toEqual(new Map())
    await room.decide([order('A1', '13800000001'), order('A2', '13800000002')])
    await room.publish('warehouse', asking)
    await room.decide([order('A3', '13800000003')])
    const waiting = await readWaitingRuns(room.store)
    expect(waiting).toEqual(
      new Map([
        ['warehouse@1', new Map([['backorder', 2]])],
        ['warehouse@2', new Map([['backorder', 1]])],
      ]),
    )
    const counted: VersionCounts[] = [
      { id: 'warehouse', version: 2, nodes: { backorder: { in: 1, ports: {}, failed: 0, meanMs: 1 } } },
      { id: 'other', version: 1, nodes: { map: { in: 1, ports: {}, failed: 0 } } },
    ]
    expect(withWaiting(counted, waiting)).toEqual([
      {
        id: 'warehouse',
        version: 2,
        nodes: { backorder: { in: 1, ports: {}, failed: 0, meanMs: 1, waiting: 1 } },
      },
      { id: 'other', version: 1, nodes: { map: { in: 1, ports: {}, failed: 0 } } },
      { id: 'warehouse', version: 1, nodes: { backorder: { in: 0, ports: {}, failed: 0, waiting: 2 } } },
    ])
    expect(counted[0]!.nodes.backorder).not.toHaveProperty('waiting')
  })

  it('are no longer counted once they went on', async () => {
    const run = (await room.store.runs.findOne({ order: 'plain:A1' }).lean())!
    const { key } = run.tokens![0]!
    await room.intake.resume([
      {
        kind: 'resume',
        workspace: 'main',
        run: run._id,
        key,
        port: 'created',
        by: '小王',
        order: run.order,
        lane: run.lane,
      },
    ])
    await room.engine.idle()
    expect((await readWaitingRuns(room.store)).get('warehouse@1')).toEqual(new Map([['backorder', 1]]))
  })
})
