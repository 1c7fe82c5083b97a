import { findFew } from '../../store/find-by-ids.ts'
import type { Intent } from '../../store/lane-doc.ts'
import type { Store } from '../../store/store.ts'
import type { ArrivalAnswer, StoredOrder, World } from '../world.ts'
import { type Answers, recordAnswers, runOf } from './answers.ts'
import type { BatchLanes } from './batch-lanes.ts'
import { claimKeys } from './dedup-claims.ts'
import type { Places } from './places.ts'
import { type StockHolds, stockHolds } from './stock-holds.ts'
import { stockTold } from './stock-told.ts'
import type { LaneDeltas } from './stock-writes.ts'

export interface BatchScope {
  readonly store: Store
  readonly places: Places
  readonly workspace: string
  readonly lanes: BatchLanes
  readonly events: readonly { readonly _id: string; readonly lane: number }[]
  readonly plans: readonly string[]
  readonly now: Date
  /** What a predecessor wrote down for these events. */
  readonly inherited: Intent | null
}

/** The live world as one batch sees it. */
export interface LiveBatch extends World {
  readonly holds: StockHolds
  /** First event of each order of the batch that is stored already, by order key. */
  readonly known: ReadonlyMap<string, string>
  /** Writes the intents down, unless all there is to say of the batch is written. Must precede the commit. */
  intend(): Promise<void>
}

export async function openLiveBatch(scope: BatchScope, orderKeys: readonly string[]): Promise<LiveBatch> {
  const { store, places, workspace, lanes, now, inherited } = scope
  const answers: Answers = recordAnswers(inherited?.answers ?? [])
  const known = await readFirstEvents(store, orderKeys)
  const arrived = new Map(known)
  const available = new Map<string, number>()
  const stock = stockTold({ store, places, workspace, answers, inherited, levels: available })

  // Whoever takes a lane over decides as this batch did, also where nothing was asked: on the same versions, at the
  // same time. So each lane has an intent before anything is committed.
  let isWritten = inherited !== null

  async function write(ordered: readonly LaneDeltas[]): Promise<void> {
    const others = lanes.all.filter(lane => !ordered.some(each => each.lane === lane))
    const writes = [...ordered, ...others.map(nothingIn)]
    const told = groupBy(answers.list(), ({ key }) => lanes.of(runOf(key)))
    const readings = stock.list(lanes.of)
    const held = groupBy(holds.list(), ({ key }) => lanes.of(runOf(key)))
    const events = groupBy(scope.events, event => event.lane)
    const intents = writes.map(({ lane, seq, deltas }): [number, Intent] => [
      lane,
      {
        seq,
        at: now,
        events: eventsOf(events.get(lane) ?? []),
        plans: [...scope.plans],
        answers: told.get(lane) ?? [],
        readings: readings.get(lane) ?? [],
        holds: held.get(lane) ?? [],
        deltas: Array.from(deltas, ([id, quantity]) => ({ id, quantity })),
      },
    ])
    await lanes.write(new Map(intents))
    isWritten = true
  }

  function eventsOf(events: BatchScope['events']): string[] {
    const ids = events.map(event => event._id)
    // Part of what was inherited may still be to do after this batch.
    return inherited ? [...new Set([...inherited.events, ...ids])] : ids
  }

  const nothingIn = (lane: number): LaneDeltas => ({
    lane,
    epoch: lanes.epoch(lane),
    seq: lanes.nextSeq(lane),
    deltas: new Map(),
  })

  const holds = stockHolds({
    store,
    workspace,
    lanes,
    levels: available,
    intend: write,
    told: stock.told,
    forget(run) {
      answers.forget(run)
      stock.forget(run)
    },
  })
  if (inherited) await holds.finish(inherited)

  return {
    now,
    known,
    holds,
    connection: places.connection,
    sellers: places.sellers,
    orders: {
      // Not written down: the stored order names its first event, so the answer stays the same.
      async arrive(requests) {
        return requests.map(({ orderKey, event }): ArrivalAnswer => {
          const first = arrived.get(orderKey) ?? event
          arrived.set(orderKey, first)
          return { isNew: first === event }
        })
      },
      current: requests =>
        answers.ask(requests, async open => {
          const ids = [...new Set(open.map(each => each.orderKey))]
          const found = await store.orders.find({ _id: { $in: ids } }).lean()
          const byKey = new Map(
            found.map(({ _id, order, status, outcome }): [string, StoredOrder] => [
              _id,
              { order, status, outcome },
            ]),
          )
          return open.map(each => byKey.get(each.orderKey))
        }),
    },
    dedup: {
      // Not written down either: a claim made before is found again as the order's own sighting.
      claim: requests => claimKeys(store, workspace, requests, now),
    },
    stock: {
      facts: stock.facts,
      hold: requests => holds.hold(requests),
    },
    async intend() {
      if (!isWritten || answers.isDirty || stock.isDirty) await write([])
    },
  }
}

function groupBy<T>(items: readonly T[], laneOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const lane = laneOf(item)
    const group = groups.get(lane)
    if (group) group.push(item)
    else groups.set(lane, [item])
  }
  return groups
}

async function readFirstEvents(store: Store, orderKeys: readonly string[]): Promise<Map<string, string>> {
  const found = await findFew(store.orders, orderKeys, ['firstEvent'])
  return new Map(found.map(({ _id, firstEvent }) => [_id, firstEvent]))
}
