import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { anOrder } from '../../server/nodes/example-order.ts'
import { hint } from '../../server/nodes/hints.ts'
import { nodeTypes } from '../../server/nodes/index.ts'
import { defineItemNode, orderOf } from '../../server/nodes/per-item.ts'
import { checkWorkflow } from '../../server/workflow/check.ts'
import { compilePlan } from '../../server/workflow/compile.ts'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { runOne, told } from './run-node.ts'

// The whole of a new node type: what would be one file in server/nodes.
const orderMinTotal = defineItemNode({
  type: 'order.min-total',
  kind: 'decision',
  name: { zh: '订单金额', en: 'Order total' },
  title: { zh: '实付 ≥ {amountFen}', en: 'Paid at least {amountFen}' },
  description: {
    zh: '实付达到金额走“达到”，否则走“未达”。',
    en: 'Leaves by "match" when enough was paid, else by "else".',
  },
  params: Type.Object(
    { amountFen: Type.Integer({ ...hint('金额', 'Amount'), minimum: 0 }) },
    { additionalProperties: false },
  ),
  ports: { match: { zh: '达到', en: 'match' }, else: { zh: '未达', en: 'else' } },
  adds: {},
  needs: ['order'],
  step(item, { params: { amountFen } }) {
    const { paidFen } = orderOf(item)
    return { ports: [paidFen >= amountFen ? 'match' : 'else'], note: { paidFen } }
  },
  explain: ({ ports, note }) => ({
    zh: `实付 ${note.paidFen} 分：${ports.includes('match') ? '达到' : '未达'}`,
    en: `paid ${note.paidFen} fen: ${ports.includes('match') ? 'enough' : 'not enough'}`,
  }),
  examples: [
    {
      title: { zh: '正好', en: 'exactly' },
      params: { amountFen: 100 },
      data: { order: anOrder({ paidFen: 100 }) },
      expect: { ports: ['match'] },
    },
    {
      title: { zh: '差一分', en: 'one short' },
      params: { amountFen: 100 },
      data: { order: anOrder({ paidFen: 99 }) },
      expect: { ports: ['else'] },
    },
  ],
})

// … and the one line in the list.
const definitions = new Map([...nodeTypes, orderMinTotal].map(type => [type.type, type]))

const graph = (params: Record<string, unknown>): WorkflowGraph => ({
  nodes: [
    { id: 'received', type: 'order.received', params: {} },
    { id: 'map', type: 'data.map', params: { use: 'connection' } },
    { id: 'total', type: 'order.min-total', params },
    { id: 'end', type: 'flow.end', params: { outcome: 'done', orderStatus: 'done' } },
  ],
  edges: [
    { from: 'received', port: 'received', to: 'map' },
    { from: 'map', port: 'ok', to: 'total' },
    { from: 'map', port: 'invalid', to: 'end' },
    { from: 'total', port: 'match', to: 'end' },
    { from: 'total', port: 'else', to: 'end' },
  ],
})

describe('a new node type', () => {
  it('has its manifest: the same object without functions', () => {
    const { params, ports, title } = JSON.parse(JSON.stringify(orderMinTotal))
    expect(params.properties.amountFen).toMatchObject({
      type: 'integer',
      title: '金额',
      ui: { en: 'Amount' },
    })
    expect(Object.keys(ports)).toEqual(['match', 'else'])
    expect(title.zh).toContain('{amountFen}')
  })

  it('is checked when a workflow is saved', () => {
    expect(checkWorkflow(graph({ amountFen: 100 }), definitions)).toEqual([])
    const problems = checkWorkflow(graph({ amountFen: -1 }), definitions)
    expect(problems).toMatchObject([{ code: 'BAD_PARAM', node: 'total', param: 'amountFen' }])
    const needs = checkWorkflow(
      { ...graph({ amountFen: 1 }), edges: [{ from: 'received', port: 'received', to: 'total' }] },
      definitions,
    )
    expect(needs.map(problem => problem.code)).toContain('NEED_NOT_MET')
  })

  it('compiles into the plan', () => {
    const { nodes } = compilePlan(graph({ amountFen: 100 }), definitions)
    expect(nodes.find(node => node.type === 'order.min-total')?.next.size).toBe(2)
  })

  it('reads as a sentence on its card', () => {
    expect(nodeSentence({ params: { amountFen: 12_900 } }, orderMinTotal).zh).toBe('实付 ≥ ¥129.00')
  })

  it('runs its examples and explains them', async () => {
    for (const { params, data, world, expect: expected } of orderMinTotal.examples) {
      const outcome = await runOne(orderMinTotal, params, data, world)
      expect(outcome.ports).toEqual(expected.ports)
      expect(told(orderMinTotal, params, outcome).zh).toMatch(/^实付 \d+ 分/)
    }
  })
})
