import { type Static, Type } from 'typebox'
import { siteReader } from '../workflow/logic/read-sites.ts'
import type { Problem } from '../workflow/problem.ts'
import type { Text } from '../workflow/text.ts'
import { formatValue } from '../workflow/words.ts'
import { ConditionParam, compileCondition, conditionWords, valuesOf } from './condition.ts'
import { anOrder } from './example-order.ts'
import { knownFields } from './fields.ts'
import { hint } from './hints.ts'
import { maskMobiles } from './mask-mobiles.ts'
import type { Outcome, RunData } from './node-type.ts'
import { defineItemNode } from './per-item.ts'
import { PortId, repeated } from './port-id.ts'

const ELSE = 'else'

const Case = Type.Object(
  {
    port: PortId(),
    name: Type.String({ ...hint('名称', 'Name'), minLength: 1, maxLength: 60 }),
    when: Type.Optional(ConditionParam('条件', 'Condition', { when: { param: 'by', is: 'condition' } })),
    values: Type.Optional(
      Type.Array(Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]), {
        ...hint('等于其中之一', 'One of these values', {
          suits: 'field',
          when: { param: 'by', is: 'value' },
        }),
        minItems: 1,
        maxItems: 200,
      }),
    ),
  },
  { additionalProperties: false },
)
type Case = Static<typeof Case>

const params = Type.Object(
  {
    by: Type.Union([Type.Literal('condition'), Type.Literal('value')], {
      ...hint('分流依据', 'Choose by', {
        options: {
          condition: { zh: '条件', en: 'conditions' },
          value: { zh: '字段的值', en: 'the value of a field' },
        },
      }),
      default: 'condition',
    }),
    field: Type.Optional(
      Type.String({
        ...hint('字段', 'Field', { as: 'field', when: { param: 'by', is: 'value' } }),
        minLength: 1,
        maxLength: 120,
      }),
    ),
    cases: Type.Array(Case, { ...hint('情形', 'Cases'), minItems: 1, maxItems: 50 }),
    otherwise: Type.Optional(
      Type.String({ ...hint('其它情形的名称', 'Name of all other cases'), maxLength: 60 }),
    ),
  },
  { additionalProperties: false },
)
type Params = Static<typeof params>

/** Finds the case of a run; the note says what was seen. */
type Choose = (data: RunData) => { readonly port: string; readonly values: Record<string, unknown> }

export const logicSwitch = defineItemNode({
  type: 'logic.switch',
  kind: 'decision',
  name: { zh: '分流', en: 'Switch' },
  title: { zh: '按{by}分成 {cases} 路', en: 'Split {cases} ways by {by}' },
  description: {
    zh: '按条件或某个字段的值分成几路，走第一个符合的情形；都不符合走「其它」。',
    en: 'Splits by conditions or by the value of a field: the first case that fits, else "other".',
  },
  params,
  ports: { [ELSE]: { zh: '其它', en: 'other' } },
  portsFrom: { list: 'cases', name: 'name', otherwise: { id: ELSE, name: 'otherwise' } },
  adds: {},
  needs: [],
  checkParams: checkCases,
  prepare: ({ by, field = '', cases }): Choose =>
    by === 'value' ? chooseByValue(field, cases) : chooseByCondition(cases),
  step({ data }, { prepared }): Outcome {
    const { port, values } = prepared(data)
    return { ports: [port], note: { values } }
  },
  explain({ ports, note }, { by, field = '', cases, otherwise }) {
    const found = cases.find(({ port }) => ports.includes(port))
    const name = found?.name ?? otherwise ?? ''
    const reason =
      by === 'value' ? fieldWords(field, valuesOf(note.values)?.[field]) : conditionReason(found, note.values)
    return { zh: `${reason.zh} → ${name || '其它'}`, en: `${reason.en} → ${name || 'other'}` }
  },
  examples: [
    {
      title: { zh: '按渠道分流', en: 'by channel' },
      params: {
        by: 'value',
        field: 'order.channel',
        cases: [
          { port: 'ali', name: '淘系', values: ['taobao', 'tmall'] },
          { port: 'pdd', name: '拼多多', values: ['pinduoduo'] },
        ],
      },
      data: { order: anOrder({ channel: 'tmall' }) },
      expect: { ports: ['ali'], note: { values: { 'order.channel': 'tmall' } } },
    },
    {
      title: { zh: '第一个成立的情形', en: 'the first case that holds' },
      params: {
        by: 'condition',
        cases: [
          { port: 'urgent', name: '急单', when: { var: 'order.urgent' } },
          { port: 'large', name: '大单', when: { '>': [{ var: 'order.paidFen' }, 100_000] } },
        ],
      },
      data: { order: anOrder({ urgent: true, paidFen: 200_000 }) },
      expect: { ports: ['urgent'] },
    },
    {
      title: { zh: '都不符合', en: 'none fits' },
      params: { by: 'value', field: 'order.channel', cases: [{ port: 'jd', name: '京东', values: ['jd'] }] },
      data: { order: anOrder() },
      expect: { ports: [ELSE] },
    },
  ],
})

function checkCases({ by, field, cases }: Params): readonly Omit<Problem, 'node'>[] {
  const problems = repeated(
    [...cases, { port: ELSE }],
    ({ port }) => port,
    index => `cases/${Math.min(index, cases.length - 1)}/port`,
    port => ({ zh: `出口「${port}」用了两次`, en: `Port "${port}" is used twice` }),
  )
  const missing = (param: string, zh: string, en: string) =>
    problems.push({ code: 'MISSING', severity: 'error', message: { zh, en }, param })
  if (by === 'value' && !field) missing('field', '请选择按哪个字段分流', 'Choose the field to split by')
  for (const [index, each] of cases.entries()) {
    const at = `cases/${index}/${by === 'value' ? 'values' : 'when'}`
    if (by === 'value' && !each.values)
      missing(at, `请填写「${each.name}」的值`, `Give the values of "${each.name}"`)
    if (by === 'condition' && each.when === undefined) {
      missing(at, `请填写「${each.name}」的条件`, `Give the condition of "${each.name}"`)
    }
  }
  if (by !== 'value') return problems
  const values = cases.flatMap(({ values = [] }, at) => values.map(value => ({ value: String(value), at })))
  return [
    ...problems,
    ...repeated(
      values,
      ({ value }) => value,
      index => `cases/${values[index]!.at}/values`,
      value => ({
        zh: `值「${value}」出现在两处，后一处永远轮不到`,
        en: `Value "${value}" stands twice; the second is never reached`,
      }),
    ),
  ]
}

function chooseByValue(field: string, cases: readonly Case[]): Choose {
  const read = siteReader(field.split('.'))
  const personal = knownFields.some(({ path, personal }) => path === field && personal)
  const ports = new Map<string, string>()
  for (const { port, values = [] } of cases) {
    for (const value of values) if (!ports.has(String(value))) ports.set(String(value), port)
  }
  const noted = (value: unknown) => (typeof value === 'string' ? maskMobiles(value.slice(0, 120)) : value)
  return data => {
    const value = read(data)
    const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    const port = (scalar ? ports.get(String(value)) : undefined) ?? ELSE
    return { port, values: scalar && !personal ? { [field]: noted(value) } : {} }
  }
}

function chooseByCondition(cases: readonly Case[]): Choose {
  const choices = cases.map(({ port, when }) => ({ port, condition: compileCondition(when) }))
  return data => {
    for (const { port, condition } of choices) {
      if (condition.holds(data)) return { port, values: condition.reads(data) }
    }
    return { port: ELSE, values: {} }
  }
}

function fieldWords(path: string, value: unknown): Text {
  const field = knownFields.find(each => each.path === path)
  const name = field?.name ?? { zh: path, en: path }
  const words = formatValue(value, field)
  return { zh: `${name.zh}是${words.zh}`, en: `${name.en} is ${words.en}` }
}

function conditionReason(found: Case | undefined, values: unknown): Text {
  return found ? conditionWords(found.when, valuesOf(values)) : { zh: '所有情形都不符合', en: 'No case fits' }
}
