import { readFileSync } from 'node:fs'
import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { TemplateCase, WorkflowTemplate } from '../../rules-library/template.ts'
import { planOf } from '../../server/engine/plans.ts'
import { newRun } from '../../server/engine/run-state.ts'
import { walk } from '../../server/engine/walk.ts'
import { identify } from '../../server/intake/identify.ts'
import type { SimulatedState } from '../../server/nodes/node-type.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import type { ConnectionFacts, Effect } from '../../server/world/world.ts'

/** What a case came to: walked by the real engine through the real nodes on a simulated world. */
export interface CaseResult {
  readonly outcome: string | undefined
  readonly orderStatus: string | undefined
  readonly path: readonly string[]
  readonly failure: string | undefined
  readonly effects: readonly Effect[]
  readonly stock: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export async function simulateCase(
  template: WorkflowTemplate,
  { parameters, given }: TemplateCase,
): Promise<CaseResult> {
  const graph = fillTemplate(template, parameters)
  const plan = planOf(
    {
      _id: 'case@1',
      workspace: 'w',
      workflow: 'case',
      version: 1,
      graph,
      note: '',
      publishedAt: new Date(0),
    },
    template.name.zh,
  )
  const world = simulatedWorld(stateOf(given.world))
  const connection = world.connection(given.connection)
  if (!connection) throw new Error(`The case names no connection "${given.connection}".`)
  const { channel, shop } = connection
  const event = {
    id: 'e1',
    kind: 'order',
    connection: given.connection,
    channel,
    shop,
    receivedAt: world.now,
    orderKey: orderKeyOf(given),
  }
  const cause = {
    _id: event.id,
    workspace: 'w',
    kind: 'order',
    connection: given.connection,
    channel,
    shop,
    order: event.orderKey,
    lane: 0,
    seq: 1,
    state: 'pending',
    body: '',
    receivedAt: world.now,
  } as const
  const run = newRun(plan, cause, { event, source: given.document })
  await walk(plan, [run], world)
  return {
    outcome: run.ended?.outcome,
    orderStatus: run.ended?.orderStatus,
    path: run.steps.map(step => step.node),
    failure: run.failure?.message,
    effects: run.effects.map(each => each.effect),
    stock: world.snapshot().stock,
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

function orderKeyOf({ connection, document, world }: TemplateCase['given']): string {
  const { mapping } = (world.connections as CaseConnection[]).find(each => each.id === connection)!
  const { identity } = mappingFile(mapping!)
  const found = identify({ _id: connection, identity } as unknown as Parameters<typeof identify>[0], document)
  if (!('identity' in found)) throw new Error(JSON.stringify(found.problems))
  return found.identity.order
}
