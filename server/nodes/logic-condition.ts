import { Type } from 'typebox'
import { ConditionParam, compileCondition, conditionWords, valuesOf } from './condition.ts'
import { anOrder } from './example-order.ts'
import type { Outcome } from './node-type.ts'
import { defineItemNode } from './per-item.ts'

const params = Type.Object({ when: ConditionParam('条件', 'Condition') }, { additionalProperties: false })

const atLeast100Yuan = { '>=': [{ var: 'order.paidFen' }, 10_000] }

export const logicCondition = defineItemNode({
  type: 'logic.condition',
  kind: 'decision',
  name: { zh: '条件', en: 'Condition' },
  title: { zh: '如果 {when}', en: 'If {when}' },
  description: {
    zh: '条件成立走「是」，不成立走「否」。',
    en: 'Leaves by "yes" when the condition holds, by "no" when it does not.',
  },
  params,
  ports: { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } },
  adds: {},
  needs: [],
  prepare: ({ when }) => compileCondition(when),
  step({ data }, { prepared }): Outcome {
    return { ports: [prepared.holds(data) ? 'yes' : 'no'], note: { values: prepared.reads(data) } }
  },
  explain({ ports, note }, { when }) {
    const { zh, en } = conditionWords(when, valuesOf(note.values))
    return ports.includes('yes')
      ? { zh: `${zh} → 是`, en: `${en} → yes` }
      : { zh: `${zh} → 否`, en: `${en} → no` }
  },
  examples: [
    {
      title: { zh: '正好 100 元', en: 'exactly 100 yuan' },
      params: { when: atLeast100Yuan },
      data: { order: anOrder({ paidFen: 10_000 }) },
      expect: { ports: ['yes'], note: { values: { 'order.paidFen': 10_000 } } },
    },
    {
      title: { zh: '差一分', en: 'one fen short' },
      params: { when: atLeast100Yuan },
      data: { order: anOrder({ paidFen: 9_999 }) },
      expect: { ports: ['no'], note: { values: { 'order.paidFen': 9_999 } } },
    },
  ],
})
