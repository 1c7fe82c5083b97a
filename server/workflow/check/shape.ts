import { isRecord } from '../param-parts.ts'
import type { Problem } from '../problem.ts'
import { WorkflowGraph } from '../workflow.ts'
import { schemaFaults } from './schema-faults.ts'

/** Faults of the JSON itself, each with the node it stands in where that has an id. */
export function checkShape(document: unknown): readonly Problem[] {
  return schemaFaults(WorkflowGraph, document).map(({ path, message }) => {
    const node = nodeAt(document, path)
    return {
      code: 'BAD_SHAPE',
      severity: 'error',
      message,
      ...(node === undefined ? {} : { node }),
    }
  })
}

function nodeAt(document: unknown, path: string): string | undefined {
  const [list, index] = path.split('/')
  if (list !== 'nodes' || index === undefined || !isRecord(document) || !Array.isArray(document.nodes))
    return undefined
  const node: unknown = document.nodes[Number(index)]
  return isRecord(node) && typeof node.id === 'string' ? node.id : undefined
}
