import { afterEach, describe, expect, it } from 'vitest'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

let room: EngineRoom | undefined

afterEach(async () => {
  await room?.close()
  room = undefined
})

/** received → map → the node → its ports each to an end named after the port. */
const around = (
  id: string,
  type: string,
  params: Record<string, unknown>,
  ports: readonly string[],
): WorkflowGraph => ({
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    { id, type, params },
    ...ports.map(port => ({
      id: `end-${port}`,
      type: 'flow.end',
      params: { outcome: port, orderStatus: port, label: port },
    })),
    {
      id: 'broken',
      type: 'flow.end',
      params: { outcome: 'rejected', orderStatus: 'rejected', label: '资料有误' },
    },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: id },
    { from: 'map', port: 'invalid', to: 'broken' },
    ...ports.map(port => ({ from: id, port, to: `end-${port}` })),
  ],
})

describe('a run that waits', () => {
  const asking = around(
    'ask',
    'task.create',
    {
      topic: 'urgent',
      title: '急单 {order.orderId}',
      detail: '',
      wait: true,
      choices: [
        { port: 'yes', name: '发货' },
        { port: 'no', name: '取消' },
      ],
    },
    ['yes', 'no'],
  )

  it('goes on by the way a person chose, once, however often the choice arrives', async () => {
    room = await openEngineRoom({ graph: asking })
    await room.decide([documentOf(aPlainOrder())])
    const [waiting] = await room.store.runs.find().lean()
    expect(waiting).toMatchObject({ status: 'waiting', order: 'plain:A1' })
    const [task] = await room.store.tasks.find().lean()
    expect(task).toMatchObject({ title: '急单 A1', choices: ['yes', 'no'] })
    const choice = {
      kind: 'resume' as const,
      workspace: 'main',
      run: waiting!._id,
      key: task!._id,
      port: 'no',
      by: '小李',
      order: waiting!.order,
      lane: waiting!.lane,
    }
    await room.intake.resume([choice, choice])
    await room.engine.idle()
    await room.intake.resume([{ ...choice, port: 'yes' }])
    await room.engine.idle()
    const [done] = await room.store.runs.find().lean()
    expect(done).toMatchObject({ status: 'done', outcome: 'no', rev: 2 })
    expect(done!.steps.map(step => step.node)).toEqual(['received', 'map', 'ask', 'ask', 'end-no'])
    expect((await room.store.orders.findOne().lean())?.status).toBe('no')
  })

  it('finishes on the version it started with', async () => {
    room = await openEngineRoom({ graph: asking })
    await room.decide([documentOf(aPlainOrder())])
    await room.publish('warehouse', around('wait', 'time.wait', { waitMinutes: 60 }, ['due', 'moved']))
    const [waiting] = await room.store.runs.find().lean()
    const key = waiting!.tokens![0]!.key
    const { _id: run, order, lane } = waiting!
    await room.intake.resume([
      { kind: 'resume', workspace: 'main', run, key, port: 'yes', by: '小李', order, lane },
    ])
    await room.engine.idle()
    expect(await room.store.runs.findById(run).lean()).toMatchObject({
      version: 1,
      status: 'done',
      outcome: 'yes',
    })
  })

  it('sets a timer that survives, and goes on when it is due', async () => {
    room = await openEngineRoom({ graph: around('wait', 'time.wait', { waitMinutes: 60 }, ['due', 'moved']) })
    await room.decide([documentOf(aPlainOrder())])
    const [timer] = await room.store.timers.find().lean()
    expect(timer).toMatchObject({ port: 'due', state: 'set' })
    const { run, order, lane, _id: key, port } = timer!
    await room.intake.resume([
      { kind: 'resume', workspace: 'main', run, key, port, by: 'timer', order, lane },
    ])
    await room.engine.idle()
    expect(await room.store.runs.findById(run).lean()).toMatchObject({ status: 'done', outcome: 'due' })
  })

  it('looks at the order as it is when the time is over, not as it was when the wait began', async () => {
    const unless = { '==': [{ var: 'order.status' }, 'shipped'] }
    room = await openEngineRoom({
      graph: around('wait', 'time.wait', { waitMinutes: 60, unless }, ['due', 'moved']),
    })
    await room.decide([documentOf(aPlainOrder())])
    await room.store.orders.updateOne({}, { $set: { 'order.status': 'shipped' } })
    const { run, order, lane, _id: key, port } = (await room.store.timers.findOne().lean())!
    await room.intake.resume([
      { kind: 'resume', workspace: 'main', run, key, port, by: 'timer', order, lane },
    ])
    await room.engine.idle()
    expect(await room.store.runs.findById(run).lean()).toMatchObject({ status: 'done', outcome: 'moved' })
  })

  it('forgets that an order looked like a duplicate when a person says it is none', async () => {
    room = await openEngineRoom({
      graph: around('dedup', 'order.dedup', { action: 'review' }, ['unique', 'duplicate']),
    })
    await room.decide([documentOf(aPlainOrder({ id: 'A1' })), documentOf(aPlainOrder({ id: 'A2' }))])
    expect(await room.store.orders.findById('plain:A2').lean()).toMatchObject({
      status: 'waiting',
      duplicateOf: 'plain:A1',
    })
    const { run, order, lane, _id: key } = (await room.store.tasks.findOne().lean())!
    await room.intake.resume([
      { kind: 'resume', workspace: 'main', run, key, port: 'unique', by: '小李', order, lane },
    ])
    await room.engine.idle()
    const after = await room.store.orders.findById('plain:A2').lean()
    expect(after).toMatchObject({ status: 'unique' })
    expect(after).not.toHaveProperty('duplicateOf')
  })
})

describe('a failed run', () => {
  it('says whose fault it is, keeps its place, and goes on from there once the cause is mended', async () => {
    room = await openEngineRoom({
      connection: { warehouse: undefined },
      graph: around('stock', 'stock.lookup', {}, ['found']),
    })
    await room.decide([documentOf(aPlainOrder())])
    const [failed] = await room.store.runs.find().lean()
    expect(failed).toMatchObject({
      status: 'failed',
      error: { node: 'stock', code: 'NO_WAREHOUSE', blame: 'workflow' },
    })
    expect((await room.store.orders.findOne().lean())?.status).toBe('failed')
    await room.store.connections.updateOne({ _id: 'plain' }, { $set: { warehouse: 'hangzhou' } })
    await room.refresh()
    const { _id: run, order, lane } = failed!
    const key = failed!.tokens![0]!.key
    await room.intake.resume([
      { kind: 'retry', workspace: 'main', run, key, port: '', by: '小李', order, lane, attempt: 1 },
    ])
    await room.engine.idle()
    expect(await room.store.runs.findById(run).lean()).toMatchObject({
      status: 'done',
      outcome: 'found',
      rev: 2,
    })
  })
})
