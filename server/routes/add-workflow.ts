import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import type { Store } from '../store/store.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import type { WorkflowGraph } from '../workflow/workflow.ts'
import { newId } from './new-id.ts'

const DUPLICATE_KEY = 11000

export interface NewWorkflow {
  /** A fresh one where absent. */
  readonly id?: string
  readonly name: string
  readonly graph?: WorkflowGraph
  readonly by?: string
}

/** Stores a new workflow with its first draft and nothing published. @throws errors.Exists */
export async function addWorkflow(
  store: Store,
  { id = newId('wf'), name, graph = { nodes: [], edges: [] }, by = '' }: NewWorkflow,
): Promise<WorkflowDoc> {
  const now = new Date()
  const doc: WorkflowDoc = {
    _id: id,
    workspace: WORKSPACE,
    name,
    draft: graph,
    draftRev: 1,
    draftUpdatedAt: now,
    updatedBy: by,
    paused: false,
    createdAt: now,
  }
  await store.workflows.create(doc).catch((error: { code?: unknown }) => {
    if (error.code !== DUPLICATE_KEY) throw error
    throw new errors.Exists('流程', id, 'Workflow', id)
  })
  return doc
}
