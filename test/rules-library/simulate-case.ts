import { readFileSync } from 'node:fs'
import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { TemplateAnswer, TemplateCase, WorkflowTemplate } from '../../rules-library/template.ts'
import { orderDocument, runDocument } from '../../server/engine/documents.ts'
import type { Plan } from '../../server/engine/plan.ts'
import { planOf } from '../../server/engine/plans.ts'
import { continuedRun, newRun, type RunState } from '../../server/engine/run-state.ts'
import { walk } from '../../server/engine/walk.ts'
import { identify } from '../../server/intake/identify.ts'
import type { RunData, SimulatedState } from '../../server/nodes/node-type.ts'
import { signalEventOf } from '../../server/simulate/choose-events.ts'
import type { EventDoc } from '../../server/store/event-doc.ts'
import type { StepRecord } from '../../server/store/run-doc.ts'
import { type SimulatedWorld, simulatedWorld } from '../../server/world/simulated.ts'
import type { ConnectionFacts } from '../../server/world/world.ts'

/** What a case came to: walked by the real engine through the real nodes on a simulated world. */
export interface CaseResult {
  readonly outcome: string | undefined
  readonly orderStatus: string | undefined
  readonly path: readonly string[]
  readonly steps: readonly StepRecord[]
  readonly failure: string | undefined
  /** As JSON: instants are texts. */
  readonly effects: readonly unknown[]
  readonly stock: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export async function simulateCase(template: WorkflowTemplate, each: TemplateCase): Promise<CaseResult> {
  const { parameters, given, then = [] } = each
  const graph = fillTemplate(template, parameters)
  const version = { _id: 'case@1', workspace: 'w', workflow: 'case', version: 1, graph, note: '' }
  const plan = planOf({ ...version, publishedAt: new Date(0) }, template.name.zh)
  const world = simulatedWorld(stateOf(given.world))
  const cause = causeOf(given, world)
  const { _id: id, kind, connection, channel, shop, receivedAt, order: orderKey } = cause
  const event = { id, kind, connection, channel, shop, receivedAt, orderKey }
  const source = 'signal' in given ? given.signal : given.document
  let run = newRun(plan, cause, { event, source })
  const effects: unknown[] = []
  const go = async () => {
    await walk(plan, [run], world)
    for (const { key, effect } of run.effects) world.record(key, [effect])
    effects.push(...run.effects.map(({ effect }) => JSON.parse(JSON.stringify(effect)) as unknown))
  }
  await go()
  for (const answer of then) {
    run = answered(plan, run, answer, source, world)
    await go()
  }
  return {
    outcome: run.ended?.outcome,
    orderStatus: run.ended?.orderStatus,
    path: run.steps.map(step => step.node),
    steps: run.steps,
    failure: run.failure?.message,
    effects,
    stock: world.snapshot().stock,
  }
}

/** The waiting run as it goes on, the order and the clock being what they are by then. */
function answered(
  plan: Plan,
  run: RunState,
  { node, port, by, at, status }: TemplateAnswer,
  source: unknown,
  world: SimulatedWorld,
): RunState {
  const token = run.parked.find(parked => parked.node === node)
  if (!token) throw new Error(`The run does not wait at "${node}" but at ${JSON.stringify(run.parked)}.`)
  const earlier = runDocument(run, world.now)
  const kept = orderDocument(run, earlier, run.event.id, world.now)
  if (kept) {
    const order = { ...kept.order, ...(status !== undefined && { status }) }
    world.keep({ orderKey: kept._id, order, status: kept.status, outcome: kept.outcome })
  }
  world.setNow(new Date(at))
  const resume = { run: run.id, key: token.key, port, by }
  const cause: EventDoc = { ...run.cause, _id: `${token.key}/answer`, kind: 'resume', resume }
  const data = { ...token.data, source, task: { choice: port, by } } as unknown as RunData
  return continuedRun(plan, cause, earlier, token, data)
}

function causeOf(given: TemplateCase['given'], world: SimulatedWorld): EventDoc {
  if ('signal' in given) return signalEventOf('w', given.signal, world.now)
  const connection = world.connection(given.connection)
  if (!connection) throw new Error(`The case names no connection "${given.connection}".`)
  return {
    _id: 'e1',
    workspace: 'w',
    kind: 'order',
    connection: given.connection,
    channel: connection.channel,
    shop: connection.shop,
    order: orderKeyOf(given),
    lane: 0,
    seq: 1,
    state: 'pending',
    body: '',
    receivedAt: world.now,
  }
}

interface MappingFile {
  readonly identity: { readonly orderId: readonly string[] }
  readonly mapping: unknown
}

function mappingFile(path: string): MappingFile {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as MappingFile
}

type CaseConnection = Omit<ConnectionFacts, 'mapping'> & { readonly mapping?: string }

/** A connection's mapping is the path of a mapping file, which is read here; instants are texts. */
function stateOf(world: TemplateCase['given']['world']): SimulatedState {
  const {
    now,
    connections = [],
    sightings = [],
    ...rest
  } = world as {
    now: string
    connections: CaseConnection[]
    sightings?: (Omit<NonNullable<SimulatedState['sightings']>[number], 'at'> & { at: string })[]
  }
  return {
    ...rest,
    now: new Date(now),
    connections: connections.map(each => ({
      ...each,
      mapping: each.mapping && mappingFile(each.mapping).mapping,
    })),
    sightings: sightings.map(each => ({ ...each, at: new Date(each.at) })),
  }
}

function orderKeyOf({
  connection,
  document,
  world,
}: Extract<TemplateCase['given'], { connection: string }>): string {
  const { mapping } = (world.connections as CaseConnection[]).find(each => each.id === connection)!
  const { identity } = mappingFile(mapping!)
  const found = identify({ _id: connection, identity } as unknown as Parameters<typeof identify>[0], document)
  if (!('identity' in found)) throw new Error(JSON.stringify(found.problems))
  return found.identity.order
}
