import { Type } from 'typebox'
import { orderFields } from '../workflow/order-fields.ts'
import type { Problem } from '../workflow/problem.ts'
import { formatValue } from '../workflow/words.ts'
import type { DedupAnswer, DedupClaim, TaskEffect } from '../world/world.ts'
import { compileDedupKey, dedupKeyNames } from './dedup-key.ts'
import { anOrder } from './example-order.ts'
import { dedupFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { defineAskingNode, orderOf } from './per-item.ts'

const DEFAULT_KEYS = ['phone', 'skus']
const DEFAULT_WINDOW_MINUTES = 3
const MINUTE_MS = 60_000

const params = Type.Object(
  {
    keys: Type.Optional(
      Type.Array(
        Type.String({
          ...hint('比较项', 'Compared', { options: dedupKeyNames }),
          minLength: 1,
          maxLength: 60,
        }),
        {
          ...hint('这些都相同才算重复', 'Same when all of these agree'),
          minItems: 1,
          maxItems: 8,
          uniqueItems: true,
          default: DEFAULT_KEYS,
        },
      ),
    ),
    windowMinutes: Type.Optional(
      Type.Number({
        ...hint('前后多久', 'How long before and after', { unit: { zh: '分钟', en: 'min' } }),
        minimum: 0,
        maximum: 43_200,
        default: DEFAULT_WINDOW_MINUTES,
      }),
    ),
    action: Type.Optional(
      Type.Union([Type.Literal('merge'), Type.Literal('review'), Type.Literal('drop')], {
        ...hint('重复时', 'When it repeats', {
          options: {
            merge: { zh: '合并到先到的订单', en: 'merge into the earlier order' },
            review: { zh: '请人确认', en: 'ask a person' },
            drop: { zh: '丢弃', en: 'drop' },
          },
        }),
        default: 'merge',
      }),
    ),
    assignee: Type.Optional(
      Type.String({
        ...hint('确认人', 'Reviewer', { when: { param: 'action', is: 'review' } }),
        maxLength: 60,
      }),
    ),
  },
  { additionalProperties: false },
)

const channelField = orderFields.find(({ path }) => path === 'order.channel')

const UNIQUE: Outcome = { ports: ['unique'] }

export const orderDedup = defineAskingNode({
  type: 'order.dedup',
  kind: 'decision',
  name: { zh: '去重窗口', en: 'Dedup window' },
  title: {
    zh: '前后 {windowMinutes}内{keys}都相同：{action}',
    en: 'Same {keys} within {windowMinutes}: {action}',
  },
  description: {
    zh: '同一买家在几分钟内从几个渠道进来的同一张单只留一张。比的是下单时间，正好等于窗口也算重复；只与留下的订单比。任一比较项为空或被遮盖时不判重复。',
    en: 'Keeps one of the orders that come twice within minutes, also by different channels. Order times are compared, exactly the window counts as a repeat, and only kept orders are compared with. An order with one of the compared fields empty or masked repeats none.',
  },
  params,
  ports: { unique: { zh: '不重复', en: 'unique' }, duplicate: { zh: '重复', en: 'duplicate' } },
  adds: { duplicate: dedupFields },
  needs: ['order'],
  checkParams: ({ keys = DEFAULT_KEYS }) =>
    keys.flatMap((key, index): Omit<Problem, 'node'>[] => {
      if (Object.hasOwn(dedupKeyNames, key)) return []
      const message = { zh: `不能按「${key}」判断重复`, en: `Orders cannot be compared by "${key}"` }
      return [{ code: 'UNKNOWN_FIELD', severity: 'error', message, param: `keys/${index}` }]
    }),
  prepare: ({ keys = DEFAULT_KEYS, windowMinutes = DEFAULT_WINDOW_MINUTES }) => ({
    keyOf: compileDedupKey(keys),
    windowMs: Math.round(windowMinutes * MINUTE_MS),
  }),
  question(item, { prepared: { keyOf, windowMs } }): DedupClaim | Outcome {
    const order = orderOf(item)
    const { key, missing } = keyOf(order)
    if (missing !== undefined) return { ports: ['unique'], note: { missing } }
    const { orderKey } = item.data.event
    const { orderId, channel, orderedAt: at } = order
    return { key: item.key, dedupKey: key, orderKey, orderId, channel, at, windowMs }
  },
  ask: (claims, { world }) => world.dedup.claim(claims),
  outcome({ duplicateOf }: DedupAnswer, { at }, item, { params: { action = 'merge', assignee = '' } }) {
    if (!duplicateOf) return UNIQUE
    const minutesApart = Math.round((Math.abs(at.getTime() - duplicateOf.at.getTime()) / MINUTE_MS) * 10) / 10
    const { orderId, orderKey, channel } = duplicateOf
    const found = {
      set: { dedup: { duplicateOf: orderKey, minutesApart } },
      note: { duplicateOf: orderId, channel, minutesApart, action },
    }
    if (action !== 'review') return { ports: ['duplicate'], ...found }
    const task = reviewTask(orderOf(item).orderId, found.note, assignee)
    return { ports: [], waits: true, effects: [task], ...found }
  },
  // Whoever reviewed it says it is none: then nothing of the run calls it a duplicate any more.
  resume: batch =>
    batch.map(({ answer: { port, by } }): Outcome => {
      const outcome: Outcome = { ports: [port], note: { by } }
      return port === 'unique' ? { ...outcome, set: { dedup: undefined } } : outcome
    }),
  explain({ ports, note }, { windowMinutes = DEFAULT_WINDOW_MINUTES }) {
    const by =
      typeof note.by === 'string' && note.by ? { zh: `${note.by} 判断`, en: `${note.by} decided` } : undefined
    if (by) {
      const isUnique = ports.includes('unique')
      return {
        zh: `${by.zh}：${isUnique ? '不是重复单' : '是重复单'}`,
        en: `${by.en}: ${isUnique ? 'no repeat' : 'a repeat'}`,
      }
    }
    if (note.duplicateOf !== undefined) {
      const { duplicateOf, channel, minutesApart, action } = note
      const { zh, en } = ACTIONS[String(action)] ?? { zh: '重复', en: 'a repeat' }
      const from = formatValue(channel, channelField)
      return {
        zh: `与${from.zh}订单 ${duplicateOf} 相隔 ${minutesApart} 分钟（窗口 ${windowMinutes} 分钟）：${zh}`,
        en: `${minutesApart} min apart from ${from.en} order ${duplicateOf} (window ${windowMinutes} min): ${en}`,
      }
    }
    if (typeof note.missing === 'string') {
      const name = dedupKeyNames[note.missing] ?? { zh: note.missing, en: note.missing }
      return { zh: `${name.zh}为空或被遮盖，不判重复`, en: `The ${name.en} is empty or masked: not compared` }
    }
    return { zh: `前后 ${windowMinutes} 分钟内没有重复单`, en: `No repeat within ${windowMinutes} min` }
  },
  examples: [
    {
      title: { zh: '正好相隔 3 分钟：重复', en: 'exactly 3 minutes apart: a repeat' },
      params: {},
      data: { order: anOrder({ orderedAt: new Date('2026-10-01T02:03:00Z') }) },
      world: { sightings: [sightingAt('2026-10-01T02:00:00Z')] },
      expect: { ports: ['duplicate'], note: { duplicateOf: 'D1', minutesApart: 3 } },
    },
    {
      title: { zh: '差 1 毫秒超出窗口：不重复', en: 'one millisecond beyond the window: no repeat' },
      params: {},
      data: { order: anOrder({ orderedAt: new Date('2026-10-01T02:03:00.001Z') }) },
      world: { sightings: [sightingAt('2026-10-01T02:00:00Z')] },
      expect: { ports: ['unique'] },
    },
    {
      title: { zh: '重复时请人确认：停下来等', en: 'asks a person and waits' },
      params: { action: 'review' },
      data: { order: anOrder() },
      world: { sightings: [sightingAt('2026-10-01T01:59:00Z')] },
      expect: { ports: [], note: { duplicateOf: 'D1', minutesApart: 1 } },
    },
  ],
})

const ACTIONS: Readonly<Record<string, { zh: string; en: string }>> = {
  merge: { zh: '合并', en: 'merged' },
  review: { zh: '等人确认', en: 'a person decides' },
  drop: { zh: '丢弃', en: 'dropped' },
}

function sightingAt(at: string) {
  return {
    dedupKey: '13800138000|MILK-1',
    orderKey: 'dy:D1',
    orderId: 'D1',
    channel: 'douyin',
    at: new Date(at),
  }
}

function reviewTask(
  orderId: string,
  note: { duplicateOf: string; channel: string; minutesApart: number },
  assignee: string,
): TaskEffect {
  return {
    kind: 'task',
    orderId,
    topic: 'duplicate-review',
    title: `订单 ${orderId} 可能与 ${note.channel} 订单 ${note.duplicateOf} 重复`,
    detail: `两单相隔 ${note.minutesApart} 分钟。若是同一买家重复下单，请选「重复」；否则选「不重复」，订单继续处理。`,
    assignee,
    choices: ['unique', 'duplicate'],
  }
}
