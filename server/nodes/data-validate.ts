import { Type } from 'typebox'
import type { Order } from '../workflow/order.ts'
import type { Problem } from '../workflow/problem.ts'
import type { FieldProblem } from '../world/world.ts'
import { anOrder } from './example-order.ts'
import { compileFieldRule, FieldRule, fieldRuleProblems } from './field-rule.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { newValidator, orderProblems } from './order-schema.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { problemNote, problemWords } from './problem-note.ts'
import { schemaProblems } from './schema-limits.ts'

const params = Type.Object(
  {
    rules: Type.Optional(Type.Array(FieldRule, { ...hint('要求', 'Requirements'), maxItems: 50 })),
    schema: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), hint('JSON Schema', 'JSON Schema', { as: 'schema' })),
    ),
    quarantine: Type.Optional(
      Type.Boolean({ ...hint('不合格的放入隔离区', 'Keep what is invalid in quarantine'), default: true }),
    ),
  },
  { additionalProperties: false },
)

type Check = (order: Order) => readonly FieldProblem[]

const NONE: readonly FieldProblem[] = []
const VALID: Outcome = { ports: ['valid'] }

export const dataValidate = defineItemNode({
  type: 'data.validate',
  kind: 'data',
  name: { zh: '校验', en: 'Validate' },
  title: { zh: '校验订单', en: 'Validate the order' },
  description: {
    zh: '按自己的要求检查订单：必填、上下限、只能是哪些值，或用一份 JSON Schema。所有问题一次列明。',
    en: 'Checks the order against your own requirements: present, limits, allowed values, or a JSON Schema. All problems are named at once.',
  },
  params,
  ports: { valid: { zh: '合格', en: 'valid' }, invalid: { zh: '不合格', en: 'invalid' } },
  adds: {},
  needs: ['order'],
  checkParams({ rules = [], schema }): readonly Omit<Problem, 'node'>[] {
    const problems = rules.flatMap((rule, index) => fieldRuleProblems(rule, `rules/${index}`))
    return schema === undefined ? problems : [...problems, ...schemaProblems(schema, 'schema')]
  },
  prepare({ rules = [], schema }): readonly Check[] {
    const checks: Check[] = rules.map(compileFieldRule)
    if (schema === undefined) return checks
    const fits = newValidator().compile(schema)
    return [...checks, order => (fits(order) ? NONE : orderProblems(fits.errors))]
  },
  step(item, { params: { quarantine = true }, prepared }): Outcome {
    const order = orderOf(item)
    let problems = NONE
    for (const check of prepared) {
      const found = check(order)
      if (found.length > 0) problems = [...problems, ...found]
    }
    if (problems.length === 0) return VALID
    const outcome: Outcome = { ports: ['invalid'], note: problemNote(problems) }
    return quarantine ? { ...outcome, effects: [{ kind: 'quarantine', problems }] } : outcome
  },
  explain: ({ ports, note }) =>
    ports.includes('invalid') ? problemWords(note) : { zh: '校验合格', en: 'The order is valid' },
  examples: [
    {
      title: { zh: '正好 1 元', en: 'exactly 1 yuan' },
      params: { rules: [{ field: 'paidFen', must: 'atLeast', value: 100 }] },
      data: { order: anOrder({ paidFen: 100 }) },
      expect: { ports: ['valid'] },
    },
    {
      title: { zh: '差一分，且没有电话：两个问题', en: 'one fen short and no phone: two problems' },
      params: {
        rules: [
          { field: 'paidFen', must: 'atLeast', value: 100 },
          { field: 'phone', must: 'present' },
        ],
      },
      data: { order: anOrder({ paidFen: 99, phone: '' }) },
      expect: { ports: ['invalid'], note: { problems: 2, fields: 'paidFen, phone' } },
    },
    {
      title: { zh: 'JSON Schema：最多两行商品', en: 'JSON Schema: at most two items' },
      params: { schema: { type: 'object', properties: { items: { type: 'array', maxItems: 2 } } } },
      data: { order: anOrder() },
      expect: { ports: ['valid'] },
    },
  ],
})
