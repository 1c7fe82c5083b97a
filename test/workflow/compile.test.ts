import { describe, expect, it } from 'vitest'
import { compilePlan, InvalidWorkflowError } from '../../server/workflow/compile.ts'
import { aGoodGraph, definitions, edges, graph, node } from './definitions.ts'

describe('compilePlan', () => {
  it('puts the nodes in order and resolves edges to indexes', () => {
    const shuffled = { ...aGoodGraph(), nodes: aGoodGraph().nodes.toReversed() }
    const plan = compilePlan(shuffled, definitions)
    expect(plan.nodes.map(({ id, index }) => `${index} ${id}`)).toEqual([
      '0 in',
      '1 map',
      '2 stock',
      '3 enough',
      '4 end',
    ])
    expect(plan.nodes.map(({ next }) => Object.fromEntries(next))).toEqual([
      { out: [1] },
      { mapped: [2], invalid: [4] },
      { out: [3] },
      { yes: [4], no: [4] },
      {},
    ])
    expect(plan.trigger).toBe(0)
  })

  it('keeps type, label and params of each node, and the ports its params give it', () => {
    const table = {
      rows: [
        { port: 'a', when: true },
        { port: 'b', when: true },
      ],
    }
    const draft = graph(
      [node('end', 'flow.end'), node('in', 'order.received'), node('t', 'logic.table', table, '分流')],
      'in.out>t t.a>end t.b>end',
    )
    const plan = compilePlan(draft, definitions)
    expect(plan.nodes.find(({ id }) => id === 't')).toMatchObject({
      type: 'logic.table',
      label: '分流',
      params: table,
      ports: { a: { zh: 'a', en: 'a' }, b: { zh: 'b', en: 'b' } },
    })
    expect(plan.nodes[plan.trigger]?.id).toBe('in')
  })

  it('keeps several edges of one port in the order of the drawing', () => {
    const draft = aGoodGraph()
    draft.edges.push(...edges('in.out>end'))
    expect(compilePlan(draft, definitions).nodes[0]?.next.get('out')).toEqual([1, 4])
  })

  it('refuses a workflow with errors, and carries all of them', () => {
    const draft = aGoodGraph()
    draft.edges.length = 0
    const compile = () => compilePlan(draft, definitions)
    expect(compile).toThrow(InvalidWorkflowError)
    expect(compile).toThrow(
      expect.objectContaining({
        code: 'INVALID_WORKFLOW',
        problems: expect.arrayContaining([
          expect.objectContaining({ code: 'PORT_WITHOUT_EDGE', node: 'in' }),
        ]),
      }),
    )
  })

  it('lets warnings pass', () => {
    const draft = aGoodGraph({ or: [{ '>': [3, 1] }, { var: 'order.urgent' }] })
    expect(compilePlan(draft, definitions).nodes).toHaveLength(5)
  })
})
