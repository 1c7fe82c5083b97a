import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finishTask, sweepDecidedTasks } from '../../server/schedule/decided-tasks.ts'
import { sweepTimers } from '../../server/schedule/sweep-timers.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { type EngineRoom, openEngineRoom } from '../support/engine-room.ts'
import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

const choices = [
  { port: 'rush', name: '优先发货' },
  { port: 'normal', name: '按常规处理' },
]
const ends = ['rush', 'normal', 'invalid']
const graph: WorkflowGraph = {
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    {
      id: 'ask',
      type: 'task.create',
      params: { topic: 'urgent', title: '急单 {order.orderId}', wait: true, choices, timeoutMinutes: 30 },
    },
    ...ends.map(id => ({ id, type: 'flow.end', params: { outcome: id, orderStatus: id, label: id } })),
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'ask' },
    { from: 'map', port: 'invalid', to: 'invalid' },
    { from: 'ask', port: 'rush', to: 'rush' },
    { from: 'ask', port: 'normal', to: 'normal' },
  ],
}

let room: EngineRoom
beforeEach(async () => {
  room = await openEngineRoom({ graph })
  await room.decide([documentOf(aPlainOrder())])
})
afterEach(() => room.close())

const theTask = async () => (await room.store.tasks.findOne().lean())!
const theRun = () => room.store.runs.findOne().lean()
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const decide = (choice: string, by: string) => room.store.tasks.updateOne({}, { $set: { choice, by } })

describe('a task that waits for so long only', () => {
  it('waits while there is time', async () => {
    expect(await sweepTimers(room.store, room.intake, inMinutes(29))).toBe(0)
    expect(await theRun()).toMatchObject({ status: 'waiting' })
    expect(await theTask()).toMatchObject({ status: 'open' })
  })

  it('goes on by its last choice when nobody decided, and is no longer open', async () => {
    expect(await sweepTimers(room.store, room.intake, inMinutes(31))).toBe(1)
    await sweepDecidedTasks(room.store, room.intake)
    await room.engine.idle()
    expect(await theRun()).toMatchObject({ status: 'done', outcome: 'normal', rev: 2 })
    expect(await theTask()).toMatchObject({ status: 'done', choice: 'normal', by: 'timer' })
  })

  it('is decided once when a person was quicker than the clock', async () => {
    await decide('rush', '小李')
    await finishTask(await theTask(), room.store, room.intake)
    await room.engine.idle()
    await sweepTimers(room.store, room.intake, inMinutes(31))
    await room.engine.idle()
    expect(await theRun()).toMatchObject({ status: 'done', outcome: 'rush', rev: 2 })
    expect(await theTask()).toMatchObject({ status: 'done', choice: 'rush', by: '小李' })
  })

  it('goes the way the person chose whose decision was written down just before the clock struck', async () => {
    await decide('rush', '小李')
    await sweepTimers(room.store, room.intake, inMinutes(31))
    await sweepDecidedTasks(room.store, room.intake)
    await room.engine.idle()
    expect(await theRun()).toMatchObject({ status: 'done', outcome: 'rush', rev: 2 })
    expect(await theTask()).toMatchObject({ status: 'done', choice: 'rush', by: '小李' })
  })
})
