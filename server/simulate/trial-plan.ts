import { hash } from 'node:crypto'
import type { Plan } from '../engine/plan.ts'
import { planOf } from '../engine/plans.ts'
import { nodeTypesByType } from '../nodes/index.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { checkWorkflow } from '../workflow/check.ts'
import type { Problem } from '../workflow/problem.ts'
import type { WorkflowGraph } from '../workflow/workflow.ts'

/** Version of a drawing that is only tried; published ones count from 1. */
const TRIAL = 0

/** A drawing ready to be tried, or the errors for which it cannot be. */
export function trialPlan(
  workflow: Pick<WorkflowDoc, '_id' | 'workspace' | 'name'>,
  graph: unknown,
): { readonly plan: Plan } | { readonly wrong: readonly Problem[] } {
  const wrong = checkWorkflow(graph, nodeTypesByType).filter(each => each.severity === 'error')
  if (wrong.length > 0) return { wrong }
  const version = {
    _id: `${workflow._id}@${TRIAL}`,
    workspace: workflow.workspace,
    workflow: workflow._id,
    version: TRIAL,
    // Checked just now: what passes is a drawing.
    graph: graph as WorkflowGraph,
    note: '',
    publishedAt: new Date(0),
  }
  return { plan: planOf(version, workflow.name) }
}

/** Tells drawings apart by what they do: where cards stand and what notes say makes no difference. */
export function drawingPrint({ nodes, edges }: WorkflowGraph): string {
  const parts = [
    nodes.map(({ id, type, label, params }) => sorted({ id, type, label, params })),
    edges.map(({ from, port, to }) => [from, port, to]),
  ].map(list => list.map(each => JSON.stringify(each)).sort())
  return hash('sha1', JSON.stringify(parts), 'base64url')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
