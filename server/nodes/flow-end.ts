import { Type } from 'typebox'
import { anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'

const Code = (zh: string, en: string) => Type.String({ ...hint(zh, en), pattern: '^[a-z][a-z0-9-]{0,39}$' })

const params = Type.Object(
  {
    outcome: Code('结果代码', 'Outcome code'),
    orderStatus: Code('订单状态代码', 'Order status code'),
    label: Type.Optional(Type.String({ ...hint('结果', 'In words'), maxLength: 60 })),
  },
  { additionalProperties: false },
)

export const flowEnd = defineItemNode({
  type: 'flow.end',
  kind: 'end',
  name: { zh: '结束', en: 'End' },
  title: { zh: '结束：{label}', en: 'End: {label}' },
  description: {
    zh: '流程到此结束，把结果写在运行记录和订单上。',
    en: 'Ends the run and writes how it came out on the run and on its order.',
  },
  params,
  ports: {},
  adds: {},
  needs: [],
  prepare: ({ outcome, orderStatus }) => ({ ports: [], ends: { outcome, orderStatus } }),
  step: (_item, { prepared }) => prepared,
  explain: (_step, { label, outcome }) => ({ zh: label || outcome, en: label || outcome }),
  examples: [
    {
      title: { zh: '今日发货', en: 'ships today' },
      params: { outcome: 'ship', orderStatus: 'to-ship', label: '今日发货' },
      data: { order: anOrder() },
      expect: { ports: [] },
    },
  ],
})
