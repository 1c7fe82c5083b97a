import type { AnsweredItem, Item, Outcome, RunData } from '../nodes/node-type.ts'
import type { StepRecord } from '../store/run-doc.ts'
import type { World } from '../world/world.ts'
import { breathe } from './breathe.ts'
import type { Plan, PlanNode } from './plan.ts'
import { type RunState, rewind, type Token } from './run-state.ts'

/** How often a run may be walked again on a changed world before its short answer is taken as final. */
const MAX_ROUNDS = 8

/** Told what happens while runs are walked. */
export interface Watcher {
  /** A node was visited by so many items together; `ms` is how long all of them took. */
  worked?(plan: Plan, node: string, items: number, ms: number): void
  /** One visit as it was settled: what the run carried before it and carries on. */
  visited?(run: RunState, key: string, before: RunData, after: RunData, outcome: Outcome): void
}

/** A run at a node, and what the node sees of it. There are several for every order, so they are one object each. */
interface Visit extends Item {
  readonly run: RunState
  readonly answer: Token['answer']
}

/**
 * Walks runs of one plan through the drawing, node by node: all tokens that stand at a node visit it together.
 * Nodes come in topological order, so every node is visited once per round with everything that leads to it.
 * Runs whose facts were overtaken by another order's hold are walked again on the facts as they are now.
 * @throws only what the world throws: then nothing of the batch was committed and it is tried again
 */
export async function walk(
  plan: Plan,
  runs: readonly RunState[],
  world: World,
  watcher: Watcher = {},
): Promise<void> {
  let round = runs
  for (let count = 1; round.length > 0; count++) {
    await walkOnce(plan, round, world, count < MAX_ROUNDS, watcher)
    round = round.filter(run => run.again)
    for (const run of round) rewind(run)
  }
}

async function walkOnce(
  plan: Plan,
  runs: readonly RunState[],
  world: World,
  mayRewind: boolean,
  watcher: Watcher,
): Promise<void> {
  const inbox: Visit[][] = plan.nodes.map(() => [])
  const firstEnds = plan.nodes.map(node => endOfKey(node, 0))
  const visitOf = (run: RunState, node: number, data: RunData, answer: Token['answer']): Visit => {
    const occurrence = run.visits[node]!++
    const end = occurrence === 0 ? firstEnds[node]! : endOfKey(plan.nodes[node]!, occurrence)
    return { key: run.id + end, data, run, answer }
  }
  const leave = (run: RunState, node: PlanNode, ports: readonly string[], data: RunData) => {
    for (const port of ports)
      for (const next of node.next.get(port) ?? NOWHERE)
        inbox[next]!.push(visitOf(run, next, data, undefined))
  }
  for (const run of runs) {
    const { node, data, answer } = run.start
    inbox[node]!.push(visitOf(run, node, data, answer))
  }
  for (const node of plan.nodes) {
    const arrived = inbox[node.index]!
    if (arrived.length === 0) continue
    const visits = arrived.filter(visit => !visit.run.again)
    // Worked off: what only it holds may be forgotten while the rest is walked.
    inbox[node.index] = []
    if (visits.length === 0) continue
    const began = performance.now()
    const outcomes = await outcomesOf(node, visits, world)
    watcher.worked?.(plan, node.id, visits.length, performance.now() - began)
    for (let at = 0; at < visits.length; at++) {
      const visit = visits[at]!
      const { run } = visit
      const outcome = outcomes[at]!
      if (outcome.again && mayRewind) {
        run.again = true
        continue
      }
      const data = outcome.set ? { ...visit.data, ...outcome.set } : visit.data
      settle(run, node, visit, outcome, data)
      watcher.visited?.(run, visit.key, visit.data, data, outcome)
      if (!outcome.failed && !outcome.waits) leave(run, node, outcome.ports, data)
    }
    await breathe()
  }
}

const NOWHERE: readonly number[] = []

/** Visits that arrive are run, those that waited here are resumed; outcomes come in the order of the visits. */
async function outcomesOf(
  node: PlanNode,
  visits: readonly Visit[],
  world: World,
): Promise<readonly Outcome[]> {
  const { type, params, prepared } = node
  const context = { params, prepared, world }
  const answered = visits.filter(isAnswered)
  if (answered.length === 0) return type.run(visits, context)
  const arrived = visits.filter(visit => !isAnswered(visit))
  const resumed = type.resume
    ? await type.resume(answered, context)
    : answered.map(({ answer }): Outcome => ({ ports: [answer.port], note: { by: answer.by } }))
  const ran = arrived.length > 0 ? await type.run(arrived, context) : []
  let atResumed = 0
  let atRan = 0
  return visits.map(visit => (isAnswered(visit) ? resumed[atResumed++]! : ran[atRan++]!))
}

const isAnswered = (visit: Visit): visit is Visit & AnsweredItem => visit.answer !== undefined

/** How the effect key of a visit ends: it begins with the run. */
const endOfKey = (node: PlanNode, occurrence: number): string => `/${node.id}/${occurrence}`

/** Writes down what one visit did to its run. */
function settle(run: RunState, node: PlanNode, item: Item, outcome: Outcome, data: RunData): void {
  run.data = data
  if (node.index === run.plan.trigger && outcome.ports.length === 0 && !outcome.failed) {
    run.unwanted = true
    return
  }
  if (outcome.effects)
    for (const [index, effect] of outcome.effects.entries())
      run.effects.push({ key: index === 0 ? item.key : `${item.key}.${index}`, effect })
  const step: StepRecord = { node: node.id, ports: outcome.ports }
  if (outcome.note) step.note = outcome.note
  run.steps.push(step)
  if (outcome.failed) {
    run.failure = { ...outcome.failed, node: node.id }
    run.parked.push({ key: item.key, node: node.id, data: carried(data) })
  } else if (outcome.waits) run.parked.push({ key: item.key, node: node.id, data: carried(data) })
  if (outcome.ends) run.ended = outcome.ends
}

// The source document stays with the event; a waiting run does not keep a second copy.
const carried = ({ source: _, ...data }: RunData): Record<string, unknown> => ({ ...data })
