import type { ParcelReport, RouteNode } from '../../connectors/kit/parcel.ts'
import { sideBySide } from '../../connectors/kit/side-by-side.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import { mergeNodes } from './merge-nodes.ts'
import { parcelId } from './parcel-id.ts'
import type { ParcelWatches } from './parcel-watches.ts'
import { registerParcels } from './register-parcels.ts'
import { type TellContext, tellParcels, toldOfMove } from './tell-parcels.ts'

const MOST_TRIES = 8
const AT_ONCE = 10
/** Nothing happens to such a parcel any more. */
const FINAL: ReadonlySet<string> = new Set(['signed', 'returned'])

/**
 * Keeps what carriers say of parcels we follow; others are passed over. Nodes said before change nothing. What a
 * move starts is raised before the move is written down: after a crash in between it is raised again, as the same.
 */
export async function recordParcels(
  context: TellContext,
  watches: ParcelWatches,
  reports: readonly ParcelReport[],
  now: Date,
): Promise<void> {
  await sideBySide(reports, AT_ONCE, async report => {
    const parcel = await find(context, report)
    if (parcel) await recordOne(context, watches, parcel._id, report, now)
  })
}

/** By carrier and number; by the number alone where the carrier is called otherwise, as long as there is one such. */
async function find({ store }: TellContext, { carrier, waybill }: ParcelReport) {
  const exact = await store.parcels.findById(parcelId(carrier, waybill), { _id: 1 }).lean()
  if (exact) return exact
  const alike = await store.parcels.find({ waybill: waybill.trim() }, { _id: 1 }).limit(2).lean()
  return alike.length === 1 ? alike[0] : undefined
}

async function recordOne(
  context: TellContext,
  watches: ParcelWatches,
  id: string,
  report: ParcelReport,
  now: Date,
): Promise<void> {
  const { store, workspace } = context
  for (let tries = 1; ; tries++) {
    const known = (await store.parcels.findById(id).lean()) as ParcelDoc | null
    if (!known) return
    const back = await followBack(context, known, report, now)
    const parcel = changed(known, report, back, now)
    if (!parcel) return
    if (parcel.state !== known.state)
      await tellParcels(context, [{ parcel, what: 'moved', workflows: toldOfMove(parcel, watches) }], now)
    const { _id, orders: _orders, rev, ...rest } = parcel
    const gone = {
      ...(parcel.nextAskAt === undefined && { nextAskAt: 1 as const }),
      ...(parcel.doneAt === undefined && { doneAt: 1 as const }),
      ...(parcel.refused === undefined && { refused: 1 as const }),
    }
    const written = await store.parcels.updateOne(
      { _id, workspace, rev: known.rev },
      { $set: { ...rest, rev }, ...(Object.keys(gone).length > 0 && { $unset: gone }) },
    )
    if (written.matchedCount === 1) {
      const end = parcel.nodes.at(-1)
      if (parcel.original && parcel.state === 'returned' && end)
        await recordOne(
          context,
          watches,
          parcel.original,
          { ...report, nodes: [end], returnWaybill: undefined },
          now,
        )
      return
    }
    if (tries === MOST_TRIES)
      throw new Error(`Parcel ${id} was changed by others ${MOST_TRIES} times in a row.`)
  }
}

/** The parcel that brings this one back is followed as well. @returns its id */
async function followBack(
  { store, workspace }: TellContext,
  { _id, carrier, orders, phoneTail }: ParcelDoc,
  { returnWaybill }: ParcelReport,
  now: Date,
): Promise<string | undefined> {
  if (!returnWaybill) return undefined
  const back = { carrier, waybill: returnWaybill, orders, leg: 'back' as const, phoneTail, original: _id }
  await registerParcels(store, workspace, [back], now)
  return parcelId(carrier, returnWaybill)
}

/** The parcel as it is by this report; undefined where it says nothing new. */
function changed(
  known: ParcelDoc,
  report: ParcelReport,
  back: string | undefined,
  now: Date,
): ParcelDoc | undefined {
  const told = known.leg === 'back' ? report.nodes.map(asReturned) : report.nodes
  const nodes = mergeNodes(known.nodes, told)
  const returnParcel = back ?? known.returnParcel
  const refused = told.length > 0 ? undefined : (report.refused ?? known.refused)
  const isSame = same(nodes, known.nodes) && refused === known.refused && returnParcel === known.returnParcel
  if (isSame) return undefined
  const last = nodes.at(-1)
  const lastMovedAt = last?.at ?? known.lastMovedAt
  const hasMoved = lastMovedAt.getTime() !== known.lastMovedAt.getTime()
  const state = last?.state ?? known.state
  // What goes back is told by the parcel that brings it.
  const isDone = FINAL.has(state) || (returnParcel !== undefined && state === 'returning')
  const { refused: _refused, nextAskAt, doneAt: _doneAt, ...rest } = known
  return {
    ...rest,
    nodes,
    state,
    lastMovedAt,
    stallTold: hasMoved ? [] : known.stallTold,
    ...(returnParcel && { returnParcel }),
    ...(refused && { refused }),
    ...(isDone ? { doneAt: known.doneAt ?? now } : { nextAskAt: nextAskAt ?? now }),
    rev: known.rev + 1,
    updatedAt: now,
  }
}

/** To whom a parcel comes back it is signed for by its sender. */
const asReturned = (node: RouteNode): RouteNode => {
  if (node.state === 'signed') return { ...node, state: 'returned' }
  return node.state === 'exception' || node.state === 'returned' ? node : { ...node, state: 'returning' }
}

const same = (one: readonly RouteNode[], other: readonly RouteNode[]) =>
  one.length === other.length &&
  one.every((node, index) => {
    const { at, state, text, place, code } = other[index]!
    return (
      node.at.getTime() === at.getTime() &&
      node.state === state &&
      node.text === text &&
      node.place === place &&
      node.code === code
    )
  })
