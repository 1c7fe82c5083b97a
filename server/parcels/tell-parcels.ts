import { CARRIERS } from '../../connectors/kit/carriers.ts'
import type { Signal } from '../intake/intake.ts'
import type { ParcelSignal } from '../nodes/parcel-signal.ts'
import { laneOf } from '../store/lanes.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import type { Store } from '../store/store.ts'
import type { ParcelWatches } from './parcel-watches.ts'

const HOUR_MS = 3_600_000

export interface TellContext {
  readonly store: Store
  readonly workspace: string
  /** Appends signals to the intake; one with a key that is known already is nothing. */
  readonly raise: (signals: readonly Signal[]) => Promise<unknown>
}

/** A parcel as it is now, and the workflows that wait for just that. */
export interface Telling {
  readonly parcel: ParcelDoc
  readonly what: 'moved' | 'stalled'
  readonly workflows: readonly string[]
}

/** Workflows that wait for a parcel to be where it now is. */
export const toldOfMove = ({ state, leg }: ParcelDoc, { moved }: ParcelWatches): string[] =>
  moved.filter(({ states, legs }) => states.has(state) && legs.has(leg)).map(each => each.workflow)

/** Workflows that wait for a parcel to have stood still for as long as it has, and were not told yet. */
export function toldOfStall(
  { lastMovedAt, leg, stallTold }: ParcelDoc,
  { stalled }: ParcelWatches,
  now: Date,
): string[] {
  const stillMs = now.getTime() - lastMovedAt.getTime()
  return stalled
    .filter(({ stillHours, legs }) => stillMs >= stillHours * HOUR_MS && legs.has(leg))
    .map(each => each.workflow)
    .filter(workflow => !stallTold.includes(workflow))
}

/**
 * Raises a signal for each workflow and each order in the parcel; durable when it resolves. What it is called
 * follows from what happened, so that telling it again is telling it once.
 */
export async function tellParcels(
  context: TellContext,
  tellings: readonly Telling[],
  now: Date,
): Promise<void> {
  const { store, workspace, raise } = context
  const wanted = tellings.filter(each => each.workflows.length > 0)
  if (wanted.length === 0) return
  const keys = [...new Set(wanted.flatMap(each => each.parcel.orders))]
  const orders = await store.orders.find({ _id: { $in: keys } }, { order: 1, run: 1 }).lean()
  const runs = await store.runs.find({ _id: { $in: orders.map(each => each.run) } }, { lane: 1 }).lean()
  const lanes = new Map(runs.map(run => [run._id, run.lane]))
  const byKey = new Map(orders.map(each => [each._id, each]))
  const signals: Signal[] = []
  for (const { parcel, what, workflows } of wanted)
    for (const key of parcel.orders) {
      const found = byKey.get(key)
      // Its order is no longer kept: there is nothing left to work on.
      if (!found) continue
      const { order } = found
      const about = {
        order: key,
        lane: lanes.get(found.run) ?? laneOf(key),
        connection: key.slice(0, key.indexOf(':')),
        channel: order.channel,
        shop: order.shop,
      }
      for (const workflow of workflows) {
        const body: ParcelSignal = { workflow, what, orderKey: key, parcel: factsOf(parcel, now), order }
        signals.push({
          workspace,
          key: `${parcel._id}#${workflow}/${key}/${happening(parcel, what)}`,
          body,
          about,
        })
      }
    }
  if (signals.length > 0) await raise(signals)
}

const happening = ({ state, lastMovedAt }: ParcelDoc, what: 'moved' | 'stalled') =>
  `${what === 'moved' ? state : what}/${lastMovedAt.getTime()}`

function factsOf({ _id, carrier, waybill, leg, state, nodes, lastMovedAt }: ParcelDoc, now: Date) {
  const last = nodes.at(-1)
  const name = Object.hasOwn(CARRIERS, carrier) ? CARRIERS[carrier as keyof typeof CARRIERS].zh : carrier
  return {
    id: _id,
    carrier,
    carrierName: name,
    waybill,
    leg,
    state,
    text: last?.text ?? '',
    place: last?.place ?? '',
    at: lastMovedAt.toISOString(),
    hoursStill: Math.max(0, Math.floor((now.getTime() - lastMovedAt.getTime()) / HOUR_MS)),
  }
}
