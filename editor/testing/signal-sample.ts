import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

/** The sample, as text, of a drawing that a signal begins; undefined for one that orders begin. */
export function signalSample(
  { nodes }: Pick<WorkflowGraph, 'nodes'>,
  types: readonly Pick<NodeManifest, 'type' | 'kind' | 'wants' | 'sample'>[],
): string | undefined {
  const ofSignal = types.find(
    ({ type, kind, wants }) =>
      kind === 'trigger' && wants === 'signal' && nodes.some(node => node.type === type),
  )
  return ofSignal && JSON.stringify(ofSignal.sample ?? {}, null, 2)
}
