import type { TemplateCase, WorkflowTemplate } from '../../rules-library/template.ts'
import type { Plan } from '../engine/plan.ts'
import { identify } from '../intake/identify.ts'
import { maskDocument } from '../mask.ts'
import type { SimulatedState } from '../nodes/node-type.ts'
import { WORKSPACE } from '../services.ts'
import { signalEventOf } from '../simulate/choose-events.ts'
import { runCase } from '../simulate/run-case.ts'
import type { Places } from '../world/live/places.ts'
import type { ConnectionFacts } from '../world/world.ts'
import type { NewCase } from './keep-case.ts'
import { readMapping } from './library.ts'
import { newId } from './new-id.ts'

/** In the cases of templates a mapping is the path of a mapping file. */
type CaseConnection = Omit<ConnectionFacts, 'mapping'> & { readonly mapping?: string }

/**
 * The cases of a template that hold for a workflow made from it with values of its own. A case that is about
 * other values than these (another distance, another window) says nothing about this workflow and is left out.
 */
export async function casesOfTemplate(
  template: WorkflowTemplate,
  plan: Plan,
  places: Places,
): Promise<NewCase[]> {
  const kept: NewCase[] = []
  for (const each of template.cases) {
    const fresh = await newCaseOf(each, places)
    if (!fresh) continue
    const { passed } = await runCase(plan, { ...fresh, workspace: plan.workspace, workflow: plan.workflow })
    if (passed) kept.push(fresh)
  }
  return kept
}

async function newCaseOf(
  { name, given, then, expect }: TemplateCase,
  places: Places,
): Promise<NewCase | undefined> {
  const theirs = (given.world.connections ?? []) as readonly CaseConnection[]
  const origin = 'signal' in given ? originOfSignal(given.signal) : await originOfOrder(given, theirs)
  if (!origin) return undefined
  const state = { ...(given.world as SimulatedState), connections: await connectionsOf(theirs, places) }
  return {
    _id: newId('case'),
    name: name.zh,
    ...origin,
    world: JSON.stringify(state),
    expect: expectationOf(expect, then),
  }
}

type Origin = Pick<NewCase, 'connection' | 'channel' | 'shop' | 'event' | 'order' | 'body' | 'shown'>

async function originOfOrder(
  { connection, document }: Extract<TemplateCase['given'], { connection: string }>,
  connections: readonly CaseConnection[],
): Promise<Origin | undefined> {
  const own = connections.find(each => each.id === connection)
  if (!own?.mapping) return undefined
  const { identity } = await readMapping(own.mapping)
  const identified = identify({ _id: connection, identity }, document)
  if (!('identity' in identified)) return undefined
  const { event, order, body } = identified.identity
  const shown = JSON.stringify(maskDocument(document))
  return { connection, channel: own.channel, shop: own.shop, event, order, body, shown }
}

function originOfSignal(signal: Extract<TemplateCase['given'], { signal: unknown }>['signal']): Origin {
  const { _id: event, order, body, connection, channel, shop } = signalEventOf(WORKSPACE, signal, new Date(0))
  return { connection, channel, shop, event, order, body, shown: body }
}

/** A run that waits is a case as far as to where it waits: nobody answers in it. */
function expectationOf(
  { outcome, path }: TemplateCase['expect'],
  then: TemplateCase['then'],
): NewCase['expect'] {
  const [answer] = then ?? []
  if (!answer) return { outcome, path: [...path] }
  return { outcome: 'waiting', path: path.slice(0, path.indexOf(answer.node) + 1) }
}

/** Those of the case, and the shop's own beside them: the values may name one of these as the supplier. */
async function connectionsOf(
  theirs: readonly CaseConnection[],
  places: Places,
): Promise<readonly ConnectionFacts[]> {
  const mapped = theirs.map(async ({ mapping, url: _, ...facts }): Promise<ConnectionFacts> => {
    return mapping === undefined ? facts : { ...facts, mapping: (await readMapping(mapping)).mapping }
  })
  const known = new Set(theirs.map(each => each.id))
  const ours = places.connectionIds
    .filter(id => !known.has(id))
    .flatMap(id => places.connection(id) ?? [])
    .map(({ mapping: _mapping, url: _url, ...facts }) => facts)
  return [...(await Promise.all(mapped)), ...ours]
}
