import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

/** What of a drawing decides how orders go: a card that was only moved tests the same as before. */
export function meaningOf({ nodes, edges }: WorkflowGraph): string {
  return JSON.stringify({ nodes: nodes.map(({ position: _, ...node }) => node), edges })
}
