import { Type } from 'typebox'
import { formatDuration, formatInstant } from '../workflow/words.ts'
import type { StoredOrder } from '../world/world.ts'
import { ConditionParam, compileCondition } from './condition.ts'
import { anEvent, anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { defineAskingNode } from './per-item.ts'

const MINUTE_MS = 60_000
const SIXTY_DAYS = 86_400

const params = Type.Object(
  {
    waitMinutes: Type.Integer({
      ...hint('等多久', 'How long to wait', { unit: { zh: '分钟', en: 'min' } }),
      minimum: 1,
      maximum: SIXTY_DAYS,
    }),
    unless: Type.Optional(ConditionParam('除非订单已经', 'Unless the order is already')),
  },
  { additionalProperties: false },
)

const unlessShipped = { '==': [{ var: 'order.status' }, 'shipped'] }

export const timeWait = defineAskingNode({
  type: 'time.wait',
  kind: 'time',
  name: { zh: '等待', en: 'Wait' },
  title: { zh: '等 {waitMinutes}', en: 'Wait {waitMinutes}' },
  description: {
    zh: '停在这里，到点再走「到点」。可以写一个条件，用订单现在的样子判断：已经成立就不等，直接走「已变化」。等待不怕重启。',
    en: 'Waits here and leaves by "due" when the time has come. A condition, asked of the order as it is now, spares the wait: when it holds the run leaves by "moved" at once. Waiting survives a restart.',
  },
  params,
  ports: { due: { zh: '到点', en: 'due' }, moved: { zh: '已变化', en: 'moved' } },
  adds: {},
  needs: [],
  prepare: ({ unless }) => (unless === undefined ? undefined : compileCondition(unless)),
  question: ({ key, data }, { prepared, params, world }) =>
    prepared ? { key, orderKey: data.event.orderKey } : waiting(world.now, params.waitMinutes),
  ask: (questions, { world }) => world.orders.current(questions),
  outcome(stored: StoredOrder | undefined, _question, { data }, { prepared, params, world }): Outcome {
    const order = stored?.order ?? data.order
    const hasMoved = order !== undefined && prepared?.holds({ ...data, order }) === true
    return hasMoved ? { ports: ['moved'], set: { order } } : waiting(world.now, params.waitMinutes)
  },
  // The time is over: what counts is the order as it is now, not as it was when the wait began.
  async resume(batch, { prepared, world }) {
    const stored = await world.orders.current(
      batch.map(({ key, data }) => ({ key, orderKey: data.event.orderKey })),
    )
    return batch.map(({ data, answer }, at): Outcome => {
      const order = stored[at]?.order ?? data.order
      const hasMoved = order !== undefined && prepared?.holds({ ...data, order }) === true
      return { ports: [hasMoved ? 'moved' : answer.port], set: { order }, note: { waited: true } }
    })
  },
  explain({ ports, note }, { waitMinutes }) {
    const time = formatDuration(waitMinutes * MINUTE_MS)
    if (ports.includes('moved') && note.waited)
      return { zh: `等了 ${time.zh}，订单已有变化`, en: `Waited ${time.en}: the order has moved on` }
    if (ports.includes('moved')) return { zh: '订单已变化，不用等', en: 'The order has moved on: no wait' }
    if (ports.includes('due')) return { zh: `等了 ${time.zh}，到点`, en: `Waited ${time.en}: due` }
    const due = typeof note.dueAt === 'string' ? formatInstant(note.dueAt) : undefined
    const until = due ? { zh: `，到 ${due}`, en: `, until ${due}` } : { zh: '', en: '' }
    return { zh: `等 ${time.zh}${until.zh}`, en: `Waits ${time.en}${until.en}` }
  },
  examples: [
    {
      title: { zh: '等 30 分钟', en: 'waits 30 minutes' },
      params: { waitMinutes: 30 },
      data: { order: anOrder() },
      world: { now: new Date('2026-10-01T02:00:00Z') },
      expect: { ports: [], note: { dueAt: '2026-10-01T02:30:00.000Z' } },
    },
    {
      title: { zh: '订单已发货：不等', en: 'already shipped: no wait' },
      params: { waitMinutes: 30, unless: unlessShipped },
      data: { order: anOrder(), event: anEvent() },
      world: { orders: [{ orderKey: 'tb:T1001', order: anOrder({ status: 'shipped' }), status: 'shipped' }] },
      expect: { ports: ['moved'] },
    },
    {
      title: { zh: '还没发货：等', en: 'not shipped yet: waits' },
      params: { waitMinutes: 30, unless: unlessShipped },
      data: { order: anOrder(), event: anEvent() },
      world: { orders: [{ orderKey: 'tb:T1001', order: anOrder({ status: 'paid' }), status: 'to-ship' }] },
      expect: { ports: [] },
    },
  ],
})

function waiting(now: Date, waitMinutes: number): Outcome {
  const dueAt = new Date(now.getTime() + waitMinutes * MINUTE_MS)
  return {
    ports: [],
    waits: true,
    note: { dueAt: dueAt.toISOString() },
    effects: [{ kind: 'timer', dueAt, port: 'due' }],
  }
}
