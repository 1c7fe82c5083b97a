import { type Static, Type } from 'typebox'
import { knownFields } from '../nodes/fields.ts'
import { nodeTypesByType } from '../nodes/index.ts'
import type { Services } from '../services.ts'
import { runCases } from '../simulate/run-case.ts'
import { drawingPrint, trialPlan } from '../simulate/trial-plan.ts'
import type { WorkflowDoc } from '../store/workflow-doc.ts'
import { diffGraphs } from '../workflow/diff.ts'
import { diffWords } from '../workflow/diff-words.ts'
import type { WorkflowGraph } from '../workflow/workflow.ts'
import type { Api } from './api.ts'
import { findVersion, VersionNumber } from './find-version.ts'
import { findWorkflow } from './find-workflow.ts'
import { nextVersion } from './freeze-version.ts'
import { casesOf } from './keep-case.ts'
import { parkedRuns } from './parked-runs.ts'
import { IdParams, Instant, ProblemShape, STRICT, TextShape } from './shapes.ts'
import { CaseResultShape } from './test-shapes.ts'
import { problemsOf } from './workflow-view.ts'

const NOTHING: WorkflowGraph = { nodes: [], edges: [] }

/** Versions looked through for runs that wait. */
const MOST_VERSIONS = 200

/** The number of a version, or the draft. */
const Side = Type.Union([VersionNumber, Type.Literal('draft')])

const ChangeShape = Type.Object({
  node: Type.Optional(Type.String()),
  nodeName: Type.Optional(TextShape),
  kind: Type.String(),
  what: Type.Optional(TextShape),
  before: Type.Optional(TextShape),
  after: Type.Optional(TextShape),
})

const BeforePublishShape = Type.Object({
  version: Type.Number(),
  rev: Type.Number(),
  unchanged: Type.Boolean(),
  problems: Type.Array(ProblemShape),
  changes: Type.Array(ChangeShape),
  cases: Type.Array(CaseResultShape),
  tested: Type.Optional(Type.Object({ orders: Type.Number(), changed: Type.Number(), at: Instant })),
  parked: Type.Array(Type.Object({ version: Type.Number(), runs: Type.Number() })),
})

export function comparingRoutes(app: Api, { store }: Services): void {
  app.get(
    '/api/workflows/:id/diff',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['workflows'],
        summary: 'What is different between two versions, or between a version and the draft, in words',
        params: IdParams,
        querystring: Type.Object({ from: Side, to: Side }, STRICT),
        response: {
          200: Type.Object({
            from: Type.Unknown(),
            to: Type.Unknown(),
            changes: Type.Array(ChangeShape),
          }),
        },
      },
    },
    async ({ params, query }) => {
      const doc = await findWorkflow(store, params.id)
      const [from, to] = await Promise.all([drawingOf(doc, query.from), drawingOf(doc, query.to)])
      return { from, to, changes: changesBetween(from, to).changes }
    },
  )

  app.get(
    '/api/workflows/:id/before-publish',
    {
      config: { role: 'builder' },
      schema: {
        tags: ['workflows'],
        summary: 'What publishing the draft would mean: problems, changes, cases, and runs that wait',
        params: IdParams,
        response: { 200: BeforePublishShape },
      },
    },
    async ({ params }) => {
      const doc = await findWorkflow(store, params.id)
      const [live, version, cases, known] = await Promise.all([
        store.versions.findById(`${doc._id}@${doc.published ?? 0}`).lean(),
        nextVersion(store, doc._id),
        casesOf(store, doc._id),
        store.versions
          .find({ workflow: doc._id }, { version: 1 })
          .sort({ version: -1 })
          .limit(MOST_VERSIONS)
          .lean(),
      ])
      const made = trialPlan(doc, doc.draft)
      const parked = await parkedRuns(
        store,
        doc._id,
        known.map(each => each.version),
      )
      const { changes, unchanged } = changesBetween(live?.graph ?? NOTHING, doc.draft)
      const { tested } = doc
      const isTested = tested?.drawing === drawingPrint(doc.draft)
      return {
        version,
        rev: doc.draftRev,
        unchanged: live !== null && unchanged,
        problems: problemsOf(doc.draft),
        changes,
        // Cases of a drawing that cannot run are not run.
        cases: 'plan' in made ? await runCases(made.plan, cases) : [],
        ...(tested && isTested
          ? { tested: { orders: tested.orders, changed: tested.changed, at: tested.at.toISOString() } }
          : {}),
        parked: Array.from(parked, ([each, runs]) => ({ version: each, runs })).filter(each => each.runs > 0),
      }
    },
  )

  async function drawingOf(doc: WorkflowDoc, side: Static<typeof Side>): Promise<WorkflowGraph> {
    return side === 'draft' ? doc.draft : (await findVersion(store, doc._id, side)).graph
  }
}

function changesBetween(from: WorkflowGraph, to: WorkflowGraph) {
  const diff = diffGraphs(from, to, nodeTypesByType)
  const { added, removed, changed, edges, description } = diff
  const parts = [added, removed, changed, edges.added, edges.removed]
  return {
    changes: [...diffWords(from, to, nodeTypesByType, knownFields)],
    unchanged: !description && parts.every(each => each.length === 0),
  }
}
