import type { WorkflowSummary } from '../api/contract.ts'

/** What a workflow is doing: the filters over the list. */
export type WorkflowState = 'running' | 'paused' | 'draft'

export function stateOf({ published, paused }: Pick<WorkflowSummary, 'published' | 'paused'>): WorkflowState {
  if (!published) return 'draft'
  return paused ? 'paused' : 'running'
}

/** Rows of a state whose name holds the words looked for, whichever way they are written. */
export function narrowed<R extends Pick<WorkflowSummary, 'name' | 'published' | 'paused'>>(
  rows: readonly R[],
  { state, find = '' }: { readonly state?: WorkflowState | undefined; readonly find?: string | undefined },
): R[] {
  const words = find.toLocaleLowerCase().split(/\s+/)
  return rows.filter(row => {
    const name = row.name.toLocaleLowerCase()
    return (!state || stateOf(row) === state) && words.every(word => name.includes(word))
  })
}

/** Failed runs of today as a share from 0 to 1; 0 where nothing ran. */
export function failureRate({
  runsToday,
  failedToday,
}: Pick<WorkflowSummary, 'runsToday' | 'failedToday'>): number {
  return runsToday > 0 ? failedToday / runsToday : 0
}

/** `base` where no workflow is called so yet, else `base 2`, `base 3`, … */
export function freeName(base: string, taken: readonly string[]): string {
  const names = new Set(taken)
  if (!names.has(base)) return base
  for (let n = 2; ; n++) {
    const name = `${base} ${n}`
    if (!names.has(name)) return name
  }
}
