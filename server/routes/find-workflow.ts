import { errors } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'

/** @throws errors.NotFound */
export async function findWorkflow(store: Store, id: string): Promise<WorkflowDoc> {
  const found = await store.workflows.findById(id).lean()
  if (!found) throw new errors.NotFound('流程', id, 'workflow', id)
  return found
}
