import type { WorkflowGraph, WorkflowNode } from '../../../server/workflow/workflow.ts'

export const aNode = (
  id: string,
  params: Record<string, unknown> = {},
  more: Partial<WorkflowNode> = {},
): WorkflowNode => ({ id, type: 'test.step', params, ...more })

/** Edges as `from>to`, or `from/port>to` where the exit matters. */
export function aGraph(nodes: WorkflowNode[], edges: readonly string[] = []): WorkflowGraph {
  return {
    nodes,
    edges: edges.map(each => {
      const [start = '', to = ''] = each.split('>')
      const [from = '', port = 'ok'] = start.split('/')
      return { from, port, to }
    }),
  }
}
