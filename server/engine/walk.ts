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

interface Visit {
  readonly run: RunState
  readonly token: Token
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
  const leave = (run: RunState, node: PlanNode, ports: readonly string[], data: Token['data']) => {
    for (const port of ports)
      for (const next of node.next.get(port) ?? []) inbox[next]!.push({ run, token: { node: next, data } })
  }
  for (const run of runs) inbox[run.start.node]!.push({ run, token: run.start })
  for (const node of plan.nodes) {
    const arrived = inbox[node.index]!
    if (arrived.length === 0) continue
    const visits = arrived.filter(visit => !visit.run.again)
    if (visits.length === 0) continue
    const items = visits.map(visit => itemOf(visit, node))
    const began = performance.now()
    const outcomes = await outcomesOf(node, visits, items, world)
    watcher.worked?.(plan, node.id, items.length, performance.now() - began)
    for (const [index, { run, token }] of visits.entries()) {
      const outcome = outcomes[index]!
      if (outcome.again && mayRewind) {
        run.again = true
        continue
      }
      const data = outcome.set ? { ...token.data, ...outcome.set } : token.data
      settle(run, node, items[index]!, outcome, data)
      watcher.visited?.(run, items[index]!.key, token.data, data, outcome)
      if (!outcome.failed && !outcome.waits) leave(run, node, outcome.ports, data)
    }
    await breathe()
  }
}

/** Items that arrive are run, those that waited here are resumed; outcomes come in the order of the visits. */
async function outcomesOf(
  node: PlanNode,
  visits: readonly Visit[],
  items: readonly Item[],
  world: World,
): Promise<readonly Outcome[]> {
  const { type, params, prepared } = node
  const context = { params, prepared, world }
  const answered = items.flatMap((item, at): AnsweredItem[] => {
    const { answer } = visits[at]!.token
    return answer ? [{ ...item, answer }] : []
  })
  if (answered.length === 0) return type.run(items, context)
  const arrived = items.filter((_, at) => !visits[at]!.token.answer)
  const resumed = type.resume
    ? await type.resume(answered, context)
    : answered.map(({ answer }): Outcome => ({ ports: [answer.port], note: { by: answer.by } }))
  const ran = arrived.length > 0 ? await type.run(arrived, context) : []
  let atResumed = 0
  let atRan = 0
  return visits.map(({ token }) => (token.answer ? resumed[atResumed++]! : ran[atRan++]!))
}

function itemOf({ run, token }: Visit, node: PlanNode): Item {
  const occurrence = run.visits[node.index]!++
  return { key: `${run.id}/${node.id}/${occurrence}`, data: token.data }
}

/** Writes down what one visit did to its run. */
function settle(run: RunState, node: PlanNode, item: Item, outcome: Outcome, data: Token['data']): void {
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
const carried = ({ source: _, ...data }: Token['data']): Record<string, unknown> => ({ ...data })
