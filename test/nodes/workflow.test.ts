import { describe, expect, it } from 'vitest'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { checkWorkflow } from '../../server/workflow/check.ts'
import { nodeSentence } from '../../server/workflow/sentence.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'

const codes = (graph: WorkflowGraph) =>
  checkWorkflow(graph, nodeTypesByType).map(({ code, node, param }) => [code, node, param])

describe('the warehouse workflow', () => {
  it('has no problems', () => expect(codes(warehouseWorkflow)).toEqual([]))

  it.each(warehouseWorkflow.nodes.map(node => [node.id, node] as const))(
    'reads as a sentence on the card of %s',
    (_, node) => {
      const sentence = nodeSentence(node, nodeTypesByType.get(node.type)!)
      expect(sentence.zh).not.toMatch(/undefined|null|\[object/)
      expect(sentence.en).not.toMatch(/undefined|null|\[object/)
    },
  )

  it('is told of the distance that may be empty', () => {
    const nodes = warehouseWorkflow.nodes.map(node =>
      node.id === 'table'
        ? {
            ...node,
            params: {
              rows: [
                {
                  id: 'near',
                  name: '近',
                  when: { '<': [{ var: 'stock.near.distanceKm' }, 200] },
                  port: 'transfer',
                  action: '调拨',
                },
              ],
            },
          }
        : node,
    )
    const edges = warehouseWorkflow.edges.filter(
      ({ from, port }) => from !== 'table' || port === 'transfer' || port === 'else',
    )
    const problems = checkWorkflow({ ...warehouseWorkflow, nodes, edges }, nodeTypesByType)
    expect(problems.filter(({ node }) => node === 'table').map(({ severity }) => severity)).toContain(
      'warning',
    )
  })
})
