import { type Static, Type } from 'typebox'
import type { NodeDefinition } from '../../server/workflow/node-definition.ts'
import { orderFields } from '../../server/workflow/order-fields.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { stockFields } from './logic/fields.ts'

const text = (zh: string, en: string) => ({ zh, en })
const out = { out: text('下一步', 'next') }

const Row = Type.Object(
  {
    port: Type.String({ title: '出口', minLength: 1 }),
    when: Type.Unknown({ ui: 'condition' }),
    limitFen: Type.Optional(Type.Integer({ title: '上限', minimum: 0 })),
  },
  { additionalProperties: false },
)
const TableParams = Type.Object({
  rows: Type.Array(Row, { minItems: 1 }),
  hit: Type.Optional(
    Type.Union([Type.Literal('first'), Type.Literal('all')], {
      ui: {
        zh: '命中方式',
        en: 'Hits',
        options: { first: text('第一条', 'the first'), all: text('全部', 'all') },
      },
      default: 'first',
    }),
  ),
})
type TableParams = Static<typeof TableParams>

const WaitParams = Type.Object(
  {
    timeoutMs: Type.Integer({ ui: { zh: '最长等待', en: 'Longest wait' }, minimum: 1_000 }),
    act: Type.Union([
      Type.Object(
        { kind: Type.Literal('notify'), url: Type.String({ format: 'uri' }) },
        { additionalProperties: false },
      ),
      Type.Object(
        { kind: Type.Literal('assign'), to: Type.String({ minLength: 1 }) },
        { additionalProperties: false },
      ),
    ]),
  },
  { additionalProperties: false },
)

const definitionList: readonly NodeDefinition[] = [
  {
    type: 'order.received',
    kind: 'trigger',
    name: text('收到订单', 'Order received'),
    title: text('收到订单', 'Order received'),
    description: text('起点', 'The start'),
    params: Type.Object({}),
    ports: out,
    adds: {},
    needs: [],
  },
  {
    type: 'data.map',
    kind: 'data',
    name: text('字段映射', 'Map fields'),
    title: text('映射字段', 'Map fields'),
    description: text('映射', 'Maps'),
    params: Type.Object(
      { strict: Type.Optional(Type.Boolean({ title: '严格' })) },
      { additionalProperties: false },
    ),
    ports: { mapped: text('成功', 'mapped'), invalid: text('无法映射', 'invalid') },
    adds: { mapped: orderFields },
    needs: ['source'],
  },
  {
    type: 'stock.lookup',
    kind: 'stock',
    name: text('查库存', 'Stock lookup'),
    title: text('查库存', 'Look the stock up'),
    description: text('查', 'Looks up'),
    params: Type.Object({}, { additionalProperties: false }),
    ports: out,
    adds: { '*': stockFields },
    needs: ['order.items'],
  },
  {
    type: 'logic.condition',
    kind: 'decision',
    name: text('条件', 'Condition'),
    title: text('如果 {when}', 'If {when}'),
    description: text('分两路', 'Two ways'),
    params: Type.Object(
      { when: Type.Unknown({ ui: { zh: '条件', en: 'Condition', as: 'condition' } }) },
      { additionalProperties: false },
    ),
    ports: { yes: text('是', 'yes'), no: text('否', 'no') },
    adds: {},
    needs: [],
  },
  {
    type: 'logic.table',
    kind: 'decision',
    name: text('规则表', 'Decision table'),
    title: text('{rows} 条规则，{hit}', '{rows} rows, {hit}'),
    description: text('规则表', 'A table'),
    // Without additionalProperties: false, which the checker makes up for.
    params: TableParams,
    ports: {},
    portsFrom: { list: 'rows', name: 'port' },
    checkParams: params =>
      (params as TableParams).rows.flatMap(({ port }, index) =>
        port === 'reserved'
          ? [
              {
                code: 'RESERVED',
                severity: 'error' as const,
                message: text('出口名已占用', 'taken'),
                param: `rows/${index}/port`,
              },
            ]
          : [],
      ),
    adds: {},
    needs: [],
  },
  {
    type: 'time.wait',
    kind: 'time',
    name: text('等待', 'Wait'),
    title: text('最多等 {timeoutMs}', 'Wait {timeoutMs} at most'),
    description: text('等', 'Waits'),
    params: WaitParams,
    ports: out,
    adds: {},
    needs: [],
  },
  {
    type: 'flow.end',
    kind: 'end',
    name: text('结束', 'End'),
    title: text('结束', 'End'),
    description: text('终点', 'The end'),
    params: Type.Object({}, { additionalProperties: false }),
    ports: {},
    adds: {},
    needs: [],
  },
]

/** A handful of node types: enough to draw anything the checker looks at. */
export const definitions: ReadonlyMap<string, NodeDefinition> = new Map(
  definitionList.map(each => [each.type, each]),
)

export function node(
  id: string,
  type: string,
  params: Record<string, unknown> = {},
  label?: string,
): WorkflowNode {
  return label === undefined ? { id, type, params } : { id, type, params, label }
}

/** `in.out>map map.mapped>end`: edges as words. */
export function edges(words: string): WorkflowEdge[] {
  return words
    .trim()
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => {
      const [, from = '', port = '', to = ''] = /^([^.]+)\.([^>]+)>(.+)$/.exec(word) ?? []
      return { from, port, to }
    })
}

export function graph(nodes: readonly WorkflowNode[], joined: string): WorkflowGraph {
  return { nodes: [...nodes], edges: edges(joined) }
}

/** An order is mapped, its stock looked up, and a condition decides: nothing wrong with it. */
export function aGoodGraph(when: unknown = { '>=': [{ var: 'stock.own.available' }, 1] }): WorkflowGraph {
  return graph(
    [
      node('in', 'order.received'),
      node('map', 'data.map'),
      node('stock', 'stock.lookup'),
      node('enough', 'logic.condition', { when }, '够不够'),
      node('end', 'flow.end'),
    ],
    'in.out>map map.mapped>stock map.invalid>end stock.out>enough enough.yes>end enough.no>end',
  )
}
