import type { RunData, RunEvent, StepFailure } from '../nodes/node-type.ts'
import type { EventDoc } from '../store/event-doc.ts'
import type { ParkedToken, RunDoc, StepRecord } from '../store/run-doc.ts'
import type { Effect } from '../world/world.ts'
import type { Plan } from './plan.ts'

/** A run while its batch is walked. */
export interface RunState {
  readonly id: string
  readonly plan: Plan
  /** The event of this batch that starts or continues the run. */
  readonly cause: EventDoc
  readonly event: RunEvent
  readonly lane: number
  /** The run as stored before this batch; absent for a new one. */
  readonly earlier: RunDoc | undefined
  /** Where it began in this batch, so that it can be walked again on a changed world. */
  readonly start: Token
  steps: StepRecord[]
  effects: KeyedEffect[]
  /** Visits of each node so far, by its index in the plan: the occurrence in effect keys. */
  visits: number[]
  parked: ParkedToken[]
  data: RunData
  ended: { outcome: string; orderStatus: string } | undefined
  failure: (StepFailure & { node: string }) | undefined
  /** The trigger did not want the event: there is no run. */
  unwanted: boolean
  /** Wants to be walked again: the stock it saw was taken meanwhile. */
  again: boolean
}

export interface KeyedEffect {
  readonly key: string
  readonly effect: Effect
}

/** A place in the drawing with what the run carries there. */
export interface Token {
  readonly node: number
  readonly data: RunData
  /** What the run waited for at this node. */
  readonly answer?: { readonly port: string; readonly by: string }
}

export function newRun(plan: Plan, cause: EventDoc, data: RunData): RunState {
  return begin({
    id: `${cause._id}/${plan.id}`,
    plan,
    cause,
    event: data.event,
    lane: cause.lane,
    earlier: undefined,
    start: { node: plan.trigger, data },
  })
}

/** A waiting run goes on at its node with the event's answer; a failed one visits its node again. */
export function continuedRun(
  plan: Plan,
  cause: EventDoc,
  earlier: RunDoc,
  token: ParkedToken,
  data: RunData,
): RunState {
  const node = plan.byId.get(token.node)!.index
  const { port, by } = cause.resume!
  const start: Token = cause.kind === 'retry' ? { node, data } : { node, data, answer: { port, by } }
  return begin({ id: earlier._id, plan, cause, event: data.event, lane: cause.lane, earlier, start })
}

type Fixed = Pick<RunState, 'id' | 'plan' | 'cause' | 'event' | 'lane' | 'earlier' | 'start'>

/** Written out field by field: there is one for every order, and all have the same shape. */
function begin({ id, plan, cause, event, lane, earlier, start }: Fixed): RunState {
  return {
    id,
    plan,
    cause,
    event,
    lane,
    earlier,
    start,
    steps: earlier ? [...earlier.steps] : [],
    effects: [],
    visits: visitsBefore(plan, earlier),
    parked: parkedBefore(cause, earlier),
    data: start.data,
    ended: undefined,
    failure: undefined,
    unwanted: false,
    again: false,
  }
}

/** Forgets what this batch did with the run so far, before it is walked again. */
export function rewind(run: RunState): void {
  const { plan, cause, earlier, start } = run
  run.steps = earlier ? [...earlier.steps] : []
  run.effects = []
  run.visits = visitsBefore(plan, earlier)
  run.parked = parkedBefore(cause, earlier)
  run.data = start.data
  run.ended = undefined
  run.failure = undefined
  run.unwanted = false
  run.again = false
}

function visitsBefore(plan: Plan, earlier: RunDoc | undefined): number[] {
  const visits = new Array<number>(plan.nodes.length).fill(0)
  for (const step of earlier?.steps ?? []) {
    const node = plan.byId.get(step.node)
    if (node) visits[node.index]!++
  }
  return visits
}

const parkedBefore = (cause: EventDoc, earlier: RunDoc | undefined): ParkedToken[] =>
  (earlier?.tokens ?? []).filter(token => token.key !== cause.resume?.key)
