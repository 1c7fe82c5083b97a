import { groupBy } from '../../connectors/kit/group-by.ts'
import { sideBySide } from '../../connectors/kit/side-by-side.ts'
import type { ConnectorDesk } from '../connections/connector-desk.ts'
import { clearFault, noteFault } from '../connections/note-fault.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import type { Store } from '../store/store.ts'
import { nextAsk, SHORTEST_MS } from './ask-interval.ts'
import type { ParcelWatches } from './parcel-watches.ts'
import { recordParcels } from './record-parcels.ts'
import { type TellContext, tellParcels, toldOfStall } from './tell-parcels.ts'
import { carriersOf, type Tracker, trackerFor, trackersOf } from './trackers.ts'

const PER_SWEEP = 500
/** A sweep that lasts longer leaves the rest to the next one. */
const LONGEST_MS = 25_000
const CALLS_AT_ONCE = 4
const REST_MS = 10 * 60_000
const HOUR_MS = 3_600_000

export interface SweepContext extends TellContext {
  readonly store: Store
  readonly desk: Pick<ConnectorDesk, 'connectorOf' | 'context'>
  readonly watches: () => ParcelWatches
  readonly now: () => Date
  readonly log: { warn(details: object, message: string): void }
}

/**
 * Asks carriers about the parcels that are due, as many in one call as the carrier takes. A parcel's next turn is
 * written down before it is asked about, so that no number is asked too often, whoever crashes; a carrier that
 * fails is left alone for a while, and the parcels of others do not wait behind its own.
 */
export async function sweepParcels(context: SweepContext, signal: AbortSignal): Promise<void> {
  const { store, workspace, desk, now } = context
  const connections = await store.connections.find({ workspace, enabled: true }).lean()
  const trackers = trackersOf(connections, desk.connectorOf)
  if (trackers.length === 0) return
  const carriers = carriersOf(trackers)
  const due = (await store.parcels
    .find({ workspace, nextAskAt: { $lte: now() }, ...(carriers && { carrier: { $in: [...carriers] } }) })
    .sort({ nextAskAt: 1 })
    .limit(PER_SWEEP)
    .lean()) as ParcelDoc[]
  const endsAt = now().getTime() + LONGEST_MS
  const byTracker = groupBy(due, parcel => trackerFor(trackers, parcel)!.connection._id)
  await Promise.all(
    [...byTracker].map(([id, parcels]) =>
      askTracker(trackers.find(each => each.connection._id === id)!, parcels, context, signal, endsAt),
    ),
  )
}

async function askTracker(
  { connection, connector }: Tracker,
  parcels: readonly ParcelDoc[],
  context: SweepContext,
  signal: AbortSignal,
  endsAt: number,
): Promise<void> {
  const { store, desk, log, now } = context
  const perCall = connector.tracking?.perCall ?? 1
  const batches: ParcelDoc[][] = []
  for (let from = 0; from < parcels.length; from += perCall) batches.push(parcels.slice(from, from + perCall))
  try {
    const own = await desk.context(connection, signal)
    await sideBySide(batches, CALLS_AT_ONCE, async batch => {
      if (signal.aborted || now().getTime() > endsAt) return
      const taken = await take(batch, connection._id, context)
      if (taken.length === 0) return
      const asked = taken.map(({ carrier, waybill, phoneTail, askedAt }) => ({
        carrier,
        waybill,
        ...(phoneTail && { phoneTail }),
        isNew: askedAt === undefined,
      }))
      try {
        await heard(taken, (await connector.track?.(asked, own)) ?? [], context)
      } catch (error) {
        await soon(taken, context)
        throw error
      }
    })
    if (connection.fault) await clearFault(store, connection._id)
  } catch (error) {
    // Stopped in the middle: nothing is wrong with the connection.
    if (signal.aborted) return
    await noteFault(store, connection._id, error)
    await leaveAlone(parcels, context)
    log.warn({ err: error, connection: connection._id }, 'a carrier could not be asked about parcels')
  }
}

/** Takes parcels whose turn nobody else took meanwhile; those that have become too old are asked about a last time. */
async function take(
  batch: readonly ParcelDoc[],
  connection: string,
  { store, watches, now }: SweepContext,
): Promise<ParcelDoc[]> {
  const { stalled } = watches()
  const at = now()
  const won = await Promise.all(
    batch.map(({ _id, nextAskAt, createdAt, lastMovedAt }) => {
      const stallsAt = stalled.map(each => new Date(lastMovedAt.getTime() + each.stillHours * HOUR_MS))
      const next = nextAsk(createdAt, at, stallsAt)
      return store.parcels.updateOne(
        { _id, nextAskAt },
        next
          ? { $set: { nextAskAt: next, connection } }
          : { $set: { doneAt: at, connection }, $unset: { nextAskAt: 1 } },
      )
    }),
  )
  return batch.filter((_parcel, index) => won[index]?.modifiedCount === 1)
}

/** Keeps what was told; what still stands where it stood is told to those who wait for that. */
async function heard(
  taken: readonly ParcelDoc[],
  reports: Parameters<typeof recordParcels>[2],
  context: SweepContext,
): Promise<void> {
  const { store, watches, now } = context
  const at = now()
  await recordParcels(context, watches(), reports, at)
  const ids = taken.map(parcel => parcel._id)
  const known = (await store.parcels
    .find({ _id: { $in: ids }, doneAt: { $exists: false } })
    .lean()) as ParcelDoc[]
  for (const parcel of known) {
    // A carrier that refuses to tell says nothing about whether it moves.
    const workflows = parcel.refused ? [] : toldOfStall(parcel, watches(), at)
    if (workflows.length === 0) continue
    await tellParcels(context, [{ parcel, what: 'stalled', workflows }], at)
    const isStill = { _id: parcel._id, lastMovedAt: parcel.lastMovedAt }
    await store.parcels.updateOne(isStill, { $addToSet: { stallTold: { $each: workflows } } })
  }
  await store.parcels.updateMany({ _id: { $in: ids } }, { $set: { askedAt: at } })
}

/** What was still due at a carrier that fails comes later. */
async function leaveAlone(parcels: readonly ParcelDoc[], { store, now }: SweepContext): Promise<void> {
  const due = { _id: { $in: parcels.map(parcel => parcel._id) }, nextAskAt: { $lte: now() } }
  await store.parcels.updateMany(due, { $set: { nextAskAt: new Date(now().getTime() + REST_MS) } })
}

/** Those of a call that failed come again as soon as their carrier allows. */
async function soon(taken: readonly ParcelDoc[], { store, now }: SweepContext): Promise<void> {
  const ids = taken.map(parcel => parcel._id)
  const at = new Date(now().getTime() + SHORTEST_MS)
  await store.parcels.updateMany({ _id: { $in: ids }, nextAskAt: { $gt: at } }, { $set: { nextAskAt: at } })
}
