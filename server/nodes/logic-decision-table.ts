import { type Static, Type } from 'typebox'
import { firstHit } from '../workflow/logic/first-hit.ts'
import type { Problem } from '../workflow/problem.ts'
import type { Text } from '../workflow/text.ts'
import {
  type Condition,
  ConditionParam,
  compileCondition,
  conditionWords,
  uniqueFields,
  valuesOf,
  valuesSeen,
  valueWords,
} from './condition.ts'
import { anOrder, someStock } from './example-order.ts'
import { decisionFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome, RunData } from './node-type.ts'
import { defineItemNode } from './per-item.ts'
import { PortId, repeated } from './port-id.ts'

const ELSE = 'else'
const MOST_VALUES = 12
const MOST_NAMES = 6

const Row = Type.Object(
  {
    id: Type.String({ ...hint('编号', 'Id'), minLength: 1, maxLength: 40 }),
    name: Type.String({ ...hint('条件类型', 'Condition type'), minLength: 1, maxLength: 60 }),
    when: ConditionParam('判断逻辑', 'Logic'),
    port: PortId(),
    action: Type.String({ ...hint('执行动作', 'Action'), minLength: 1, maxLength: 120 }),
  },
  { additionalProperties: false },
)
type Row = Static<typeof Row>

const Otherwise = Type.Object(
  {
    port: Type.Optional(PortId()),
    action: Type.Optional(Type.String({ ...hint('执行动作', 'Action'), maxLength: 120 })),
  },
  { ...hint('都不符合时', 'When no row fits'), additionalProperties: false },
)

const params = Type.Object(
  {
    rows: Type.Array(Row, { ...hint('规则', 'Rows'), minItems: 1, maxItems: 200 }),
    hits: Type.Optional(
      Type.Union([Type.Literal('first'), Type.Literal('all')], {
        ...hint('命中方式', 'Hits', {
          options: {
            first: { zh: '第一条命中的规则', en: 'the first row that fits' },
            all: { zh: '所有命中的规则', en: 'every row that fits' },
          },
        }),
        default: 'first',
      }),
    ),
    else: Type.Optional(Otherwise),
  },
  { ...hint('规则表', 'Decision table', { as: 'decision-table' }), additionalProperties: false },
)
type Params = Static<typeof params>

export const logicDecisionTable = defineItemNode({
  type: 'logic.decision-table',
  kind: 'decision',
  name: { zh: '规则表', en: 'Decision table' },
  title: { zh: '按 {rows} 条规则决定', en: 'Decide by {rows} rows' },
  description: {
    zh: '像纸上的规则表一样写：条件类型、判断逻辑、执行动作。从上往下，走第一条（或所有）命中的规则；都不符合走最后的「其它」。判断距离时请同时判断「够货」：没有合适的仓库时距离为空，而空值按 0 计算。',
    en: 'Rows as on paper: condition type, logic, action. From the top, the first row that fits (or all of them); else the last line. A rule about a distance should ask whether the warehouse has everything as well: without one the distance is empty, and empty counts as 0.',
  },
  params,
  ports: { [ELSE]: { zh: '其它', en: 'other' } },
  portsFrom: {
    list: 'rows',
    name: 'action',
    otherwise: { id: ELSE, port: 'else.port', name: 'else.action' },
  },
  adds: { '*': decisionFields },
  needs: [],
  checkParams: ({ rows }) => [
    ...repeated(
      rows,
      ({ id }) => id,
      index => `rows/${index}/id`,
      id => ({ zh: `规则编号「${id}」用了两次`, en: `Row id "${id}" is used twice` }),
    ),
    ...rows.flatMap(({ name, when }, index) =>
      typeof when === 'string' ? [notUnderstood(name, when, index)] : [],
    ),
  ],
  prepare: ({ rows, hits, else: otherwise }): Decide => {
    const compiled = rows.map(({ id, port, when }) => ({ id, port, condition: compileCondition(when) }))
    const decideRest = noHit(compiled, otherwise?.port ?? ELSE)
    return hits === 'all' ? allHits(compiled, decideRest) : oneHit(compiled, decideRest)
  },
  step: ({ data }, { prepared }): Outcome => prepared(data),
  explain: ({ note }, params) => explainDecision(note, params),
  examples: [
    {
      title: { zh: '本仓正好够', en: 'own warehouse has exactly enough' },
      params: tableExample(),
      data: { order: anOrder(), stock: someStock(2, 9) },
      expect: {
        ports: ['ship'],
        note: { row: 'own', values: { 'stock.own.available': 2, 'stock.own.need': 2 } },
      },
    },
    {
      title: { zh: '本仓差一件，近仓有货', en: 'one piece short here, the next warehouse has it' },
      params: tableExample(),
      data: { order: anOrder(), stock: someStock(1, 9) },
      expect: { ports: ['transfer'], note: { row: 'near' } },
    },
    {
      title: { zh: '哪里都没有', en: 'nothing anywhere' },
      params: tableExample(),
      data: { order: anOrder(), stock: someStock(0, 0) },
      expect: { ports: ['else'], note: { row: 'else' } },
    },
    {
      title: { zh: '所有命中的规则', en: 'every row that fits' },
      params: { ...tableExample(), hits: 'all' },
      data: { order: anOrder(), stock: someStock(5, 9) },
      expect: { ports: ['ship', 'transfer'], note: { row: 'own,near' } },
    },
  ],
})

/** The editor keeps a condition that was pasted in words and not understood as that text: it would always hold. */
function notUnderstood(name: string, words: string, index: number): Omit<Problem, 'node'> {
  const shown = words.slice(0, 60)
  return {
    code: 'CONDITION_NOT_UNDERSTOOD',
    severity: 'error',
    message: {
      zh: `规则「${name}」的判断「${shown}」还没看懂，请点选`,
      en: `The logic "${shown}" of row "${name}" is not understood yet; pick it by clicking`,
    },
    param: `rows/${index}/when`,
  }
}

type Decide = (data: RunData) => Outcome

interface CompiledRow {
  readonly id: string
  readonly port: string
  readonly condition: Condition
}

/** The first row that fits. What all orders it fits have in common is made once. */
function oneHit(rows: readonly CompiledRow[], rest: Decide): Decide {
  const hit = firstHit(rows.map(({ condition }) => condition.evaluate))
  const outcomes = rows.map(({ id, port, condition }): Decide => {
    const { ports, set } = outcomeOf(id, [port])
    return data => ({ ports, set, note: { row: id, values: condition.reads(data) } })
  })
  return data => {
    const at = hit(data)
    return at === -1 ? rest(data) : outcomes[at]!(data)
  }
}

function allHits(rows: readonly CompiledRow[], rest: Decide): Decide {
  return data => {
    const hits = rows.filter(({ condition }) => condition.holds(data))
    if (hits.length === 0) return rest(data)
    const row = hits.map(({ id }) => id).join(',')
    const values = Object.assign({}, ...hits.map(({ condition }) => condition.reads(data)))
    return { ...outcomeOf(row, [...new Set(hits.map(({ port }) => port))]), note: { row, values } }
  }
}

/** Nothing fits: the note keeps what the rows looked at, since that is the reason. */
function noHit(rows: readonly CompiledRow[], port: string): Decide {
  const fields = uniqueFields(rows.flatMap(({ condition }) => condition.fields))
  const { ports, set } = outcomeOf(ELSE, [port])
  return data => ({ ports, set, note: { row: ELSE, values: valuesSeen(fields, data, MOST_VALUES) } })
}

function outcomeOf(row: string, ports: readonly string[]) {
  return { ports, set: { decision: { row } } }
}

function explainDecision(note: Readonly<Record<string, unknown>>, { rows, else: otherwise }: Params): Text {
  const ids = String(note.row ?? '').split(',')
  const hits = rows.filter(({ id }) => ids.includes(id))
  const values = valuesOf(note.values)
  if (hits.length > 0) {
    const told = hits.map(row => rowWords(row, values))
    return { zh: told.map(({ zh }) => zh).join('；'), en: told.map(({ en }) => en).join('; ') }
  }
  const names = rows.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = rows.length > MOST_NAMES
  const seen = valueWords(values)
  const action = otherwise?.action
  return {
    zh: `${names.join('、')}${more ? ` 等 ${rows.length} 条` : ''}都不符合${seen.zh && `（${seen.zh}）`} → ${action ?? '其它'}`,
    en: `None fits of ${names.join(', ')}${more ? ` and ${rows.length - MOST_NAMES} more` : ''}${seen.en && ` (${seen.en})`} → ${action ?? 'other'}`,
  }
}

function rowWords({ name, when, action }: Row, values: Readonly<Record<string, unknown>> | undefined): Text {
  const { zh, en } = conditionWords(when, values)
  return { zh: `${name}：${zh} → ${action}`, en: `${name}: ${en} → ${action}` }
}

function tableExample(): Params {
  const v = (path: string) => ({ var: path })
  return {
    rows: [
      {
        id: 'own',
        name: '本仓有货',
        when: { '>=': [v('stock.own.available'), v('stock.own.need')] },
        port: 'ship',
        action: '本仓发货',
      },
      {
        id: 'near',
        name: '近仓有货',
        when: { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
        port: 'transfer',
        action: '近仓调拨',
      },
    ],
    else: { action: '登记缺货' },
  }
}
