import { type Static, Type } from 'typebox'
import { explainRun, sentenceOfRun } from '../engine/explain-run.ts'
import type { Plan, Plans } from '../engine/plan.ts'
import { orderIdOf } from '../store/order-key.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { Text } from '../workflow/text.ts'
import { Instant, RunErrorShape, TextShape } from './shapes.ts'

export const RunShape = Type.Object({
  id: Type.String(),
  workflow: Type.String(),
  workflowName: Type.String(),
  version: Type.Number(),
  orderKey: Type.String(),
  orderId: Type.String(),
  status: Type.Union([Type.Literal('done'), Type.Literal('failed'), Type.Literal('waiting')]),
  outcome: Type.String(),
  startedAt: Instant,
  finishedAt: Instant,
  sentence: TextShape,
  error: Type.Optional(RunErrorShape),
})
type RunView = Static<typeof RunShape>

const StepShape = Type.Object({
  node: Type.String(),
  label: TextShape,
  type: Type.String(),
  ports: Type.Array(Type.String()),
  portNames: Type.Array(TextShape),
  sentence: TextShape,
  note: Type.Record(Type.String(), Type.Unknown()),
})

export const RunDetailShape = Type.Object({ ...RunShape.properties, steps: Type.Array(StepShape) })

export async function viewRun(run: RunDoc, plans: Plans): Promise<RunView> {
  const plan = await planOf(run, plans)
  return runView(run, plan, plan ? sentenceOfRun(run, plan) : outcomeAlone(run))
}

export async function viewRunWithSteps(run: RunDoc, plans: Plans): Promise<Static<typeof RunDetailShape>> {
  const plan = await planOf(run, plans)
  if (!plan) return { ...runView(run, plan, outcomeAlone(run)), steps: run.steps.map(bareStep) }
  const { sentence, steps } = explainRun(run, plan)
  return {
    ...runView(run, plan, sentence),
    steps: steps.map(({ kind: _, ...step }) => ({
      ...step,
      ports: [...step.ports],
      portNames: [...step.portNames],
    })),
  }
}

/**
 * The version a run went through; undefined where it cannot be compiled any more (a node type was removed):
 * the run is then shown with its bare facts.
 */
export async function planOf(
  run: Pick<RunDoc, 'workflow' | 'version'>,
  plans: Plans,
): Promise<Plan | undefined> {
  return plans.get(`${run.workflow}@${run.version}`).catch(() => undefined)
}

function runView(run: RunDoc, plan: Plan | undefined, sentence: Text): RunView {
  return {
    id: run._id,
    workflow: run.workflow,
    workflowName: plan?.name ?? run.workflow,
    version: run.version,
    orderKey: run.order,
    orderId: orderIdOf(run.order),
    status: run.status,
    outcome: run.outcome ?? '',
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt.toISOString(),
    sentence,
    ...(run.error ? { error: run.error } : {}),
  }
}

const outcomeAlone = (run: RunDoc): Text => ({ zh: run.outcome || run.status, en: run.outcome || run.status })

const bareStep = (step: RunDoc['steps'][number]) => ({
  node: step.node,
  label: { zh: step.node, en: step.node },
  type: '',
  ports: [...step.ports],
  portNames: step.ports.map(port => ({ zh: port, en: port })),
  sentence: { zh: step.node, en: step.node },
  note: { ...step.note },
})
