import type { NodeDefinition } from '../node-definition.ts'
import type { Problem } from '../problem.ts'
import type { WorkflowNode } from '../workflow.ts'
import { schemaFaults } from './schema-faults.ts'

/** Faults of a node's params: by their schema, and then by the node type's own check, which may count on the schema. */
export function checkParams(node: WorkflowNode, definition: NodeDefinition): readonly Problem[] {
  const faults = schemaFaults(definition.params, node.params)
  if (faults.length > 0) {
    return faults.map(({ path, message }) => ({
      code: 'BAD_PARAM',
      severity: 'error',
      message,
      node: node.id,
      param: path,
    }))
  }
  return (definition.checkParams?.(node.params) ?? []).map(problem => ({ ...problem, node: node.id }))
}
