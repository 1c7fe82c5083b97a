import { Type } from 'typebox'
import { orderStatuses, outcomes, wordOf } from '../workflow/outcomes.ts'
import type { Text } from '../workflow/text.ts'
import { anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'

/** One of the usual ones, or words of one's own. */
const Named = (zh: string, en: string, options: Readonly<Record<string, Text>>, start: string) =>
  Type.String({ ...hint(zh, en, { options, open: true }), minLength: 1, maxLength: 40, default: start })

const params = Type.Object(
  {
    outcome: Named('结果', 'Outcome', outcomes, 'done'),
    orderStatus: Named('订单状态改为', 'The order is then', orderStatuses, 'to-ship'),
    label: Type.Optional(Type.String({ ...hint('一句话说明', 'In a few words'), maxLength: 60 })),
  },
  { additionalProperties: false },
)

export const flowEnd = defineItemNode({
  type: 'flow.end',
  kind: 'end',
  name: { zh: '结束', en: 'End' },
  title: { zh: '结束：{label|outcome}', en: 'End: {label|outcome}' },
  description: {
    zh: '流程到此结束，把结果写在运行记录和订单上。结果和订单状态可以选常用的，也可以自己写。',
    en: 'Ends the run and writes how it came out on the run and on its order: one of the usual words, or your own.',
  },
  params,
  ports: {},
  adds: {},
  needs: [],
  prepare: ({ outcome, orderStatus }) => ({ ports: [], ends: { outcome, orderStatus } }),
  step: (_item, { prepared }) => prepared,
  explain: (_step, { label, outcome }) => (label ? { zh: label, en: label } : wordOf(outcomes, outcome)),
  examples: [
    {
      title: { zh: '今日发货', en: 'ships today' },
      params: { outcome: 'ship', orderStatus: 'to-ship', label: '今日发货' },
      data: { order: anOrder() },
      expect: { ports: [] },
    },
    {
      title: { zh: '自己写的结果', en: 'an outcome in words of one’s own' },
      params: { outcome: '等总部回复', orderStatus: 'on-hold' },
      data: { order: anOrder() },
      expect: { ports: [] },
    },
  ],
})
