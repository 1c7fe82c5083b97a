import type { WorkflowGraph } from '../../../server/workflow/workflow.ts'
import { warehouseWorkflow } from '../../support/warehouse-shop.ts'

const { nodes, edges } = warehouseWorkflow

/**
 * What the harness's reference flows do, drawn with our nodes: map → check required fields → duplicate within
 * 3 minutes → stock → the three-row table → take the stock. Outcomes bear the names of the harness's oracle.
 */
export const peerWorkflow: WorkflowGraph = {
  nodes: [
    ...nodes,
    {
      id: 'validate',
      type: 'data.validate',
      params: {
        rules: [
          { field: 'phone', must: 'present' },
          { field: 'order_customer_name', must: 'present' },
          { field: 'paidFen', must: 'atLeast', value: 0 },
        ],
      },
    },
  ],
  edges: [
    ...edges.filter(({ from, port }) => !(from === 'map' && port === 'ok')),
    { from: 'map', port: 'ok', to: 'validate' },
    { from: 'validate', port: 'valid', to: 'dedup' },
    { from: 'validate', port: 'invalid', to: 'broken' },
  ],
}
