import { errors } from '../errors.ts'
import { WORKSPACE } from '../services.ts'
import type { CaseDoc } from '../store/case-doc.ts'
import type { Store } from '../store/store.ts'

export const MOST_CASES = 200

export type NewCase = Omit<CaseDoc, 'workspace' | 'workflow' | 'createdAt'>

/** Stores cases of a workflow. @throws errors.TooManyCases, then none of them is stored */
export async function keepCases(
  store: Store,
  workflow: string,
  cases: readonly NewCase[],
): Promise<CaseDoc[]> {
  const known = await store.cases.countDocuments({ workflow })
  if (known + cases.length > MOST_CASES) throw new errors.TooManyCases(String(MOST_CASES), String(MOST_CASES))
  const began = Date.now()
  // A millisecond apart, so that they stay in their order.
  const documents = cases.map(
    (each, index): CaseDoc => ({
      ...each,
      workspace: WORKSPACE,
      workflow,
      createdAt: new Date(began + index),
    }),
  )
  if (documents.length > 0) await store.cases.insertMany(documents)
  return documents
}

/** The cases of a workflow, oldest first. */
export const casesOf = (store: Store, workflow: string): Promise<CaseDoc[]> =>
  store.cases.find({ workflow }).sort({ createdAt: 1 }).lean() as unknown as Promise<CaseDoc[]>
