import type { Store } from '../store/store.ts'
import type { VersionDoc } from '../store/version-doc.ts'
import type { WorkflowGraph } from '../workflow/workflow.ts'

const DUPLICATE_KEY = 11000

interface Frozen {
  readonly workspace: string
  readonly workflow: string
  readonly graph: WorkflowGraph
  readonly note: string
  readonly by: string
}

/**
 * Freezes a drawing as the next version and makes it the live one. Two people publishing at once get two
 * numbers: the store refuses the second use of one.
 * @returns the number of the version
 */
export async function freezeVersion(store: Store, frozen: Frozen): Promise<number> {
  for (;;) {
    const version = await nextVersion(store, frozen.workflow)
    const _id = `${frozen.workflow}@${version}`
    const document: VersionDoc = { _id, ...frozen, version, publishedAt: new Date() }
    try {
      await store.versions.create(document)
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      continue
    }
    await store.workflows.updateOne({ _id: frozen.workflow }, { $max: { published: version } })
    return version
  }
}

/** Number the next version of a workflow will have. */
export async function nextVersion(store: Store, workflow: string): Promise<number> {
  const last = await store.versions.findOne({ workflow }, { version: 1 }).sort({ version: -1 }).lean()
  return (last?.version ?? 0) + 1
}
