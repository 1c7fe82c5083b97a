import type { IntendedHold, Intent } from '../../store/lane-doc.ts'
import type { Store } from '../../store/store.ts'
import { allocate } from '../allocation.ts'
import { stockId } from '../stock-id.ts'
import type { HoldAnswer, HoldRequest } from '../world.ts'
import { runOf } from './answers.ts'
import type { BatchLanes } from './batch-lanes.ts'
import { readLevels } from './stock-levels.ts'
import { type Deltas, fenceOff, type LaneDeltas, takeUnits } from './stock-writes.ts'

export interface StockHolds {
  hold(requests: readonly HoldRequest[]): Promise<HoldAnswer[]>
  /** Every hold of the batch so far, for the ledger and for the intent. */
  list(): IntendedHold[]
  /** Finishes the stock write a predecessor had begun. */
  finish(inherited: Intent): Promise<void>
}

export interface HoldContext {
  readonly store: Store
  readonly workspace: string
  readonly lanes: Pick<BatchLanes, 'of' | 'epoch' | 'nextSeq'>
  /** What the batch knows to be available, by stock id; kept up to date with what it takes. */
  readonly levels: Map<string, number>
  /** Writes the intents of these lanes; their numbered stock writes may follow. */
  intend(writes: readonly LaneDeltas[]): Promise<void>
  /** What the run was told to be available; undefined when it never asked. */
  told(run: string, warehouse: string, sku: string): number | undefined
  /** The run must look again: what it was told is void. */
  forget(run: string): void
}

type Open = HoldRequest & {
  readonly lane: number
  readonly held: boolean
  readonly short?: IntendedHold['short']
}

/** Units taken already for requests that are still open, by lane. */
type Carried = ReadonlyMap<number, Deltas>

const NONE: Carried = new Map()

/**
 * Holds for a batch: one allocation in memory in the order of the requests, one conditional write per stock.
 * Where another worker took units between reading and writing, what did not settle is allocated anew.
 */
export function stockHolds(context: HoldContext): StockHolds {
  const { store, workspace, lanes, levels } = context
  const holds = new Map<string, IntendedHold>()
  const idOf = (warehouse: string, sku: string) => stockId(workspace, warehouse, sku)
  const anyIdOf = (
    { warehouse, lines }: Pick<HoldRequest, 'warehouse' | 'lines'>,
    is: (id: string) => boolean,
  ) => lines.some(line => is(idOf(warehouse, line.sku)))
  const laneOf = (request: Pick<HoldRequest, 'key'>) => lanes.of(runOf(request.key))

  async function settle(requests: readonly HoldRequest[], carried: Carried): Promise<void> {
    const pool = new Map<string, number>()
    for (const units of carried.values()) for (const [id, count] of units) add(pool, id, count)
    // What was read for the facts a moment ago is good enough: the write itself is conditional.
    const unknown = [...pool.keys()].filter(id => !levels.has(id))
    for (const { warehouse, lines } of requests)
      for (const { sku } of lines) {
        const id = idOf(warehouse, sku)
        if (!levels.has(id)) unknown.push(id)
      }
    for (const [id, units] of await readLevels(store, unknown)) levels.set(id, units)
    const available = (warehouse: string, sku: string) => {
      const id = idOf(warehouse, sku)
      return (levels.get(id) ?? 0) + (pool.get(id) ?? 0)
    }
    const { answers } = allocate(requests, available, workspace)
    const open = requests.map((request, index): Open => {
      const { key, orderKey, orderId, warehouse, lines } = request
      const { held, short } = answers[index]!
      return { key, orderKey, orderId, warehouse, lines, lane: laneOf(request), held, short }
    })
    const byLane = new Map<number, Open[]>()
    for (const each of open) {
      const own = byLane.get(each.lane)
      if (own) own.push(each)
      else byLane.set(each.lane, [each])
    }
    for (const lane of carried.keys()) if (!byLane.has(lane)) byLane.set(lane, [])
    const writes: LaneDeltas[] = []
    for (const [lane, own] of byLane) {
      const seq = lanes.nextSeq(lane)
      for (const each of own) keep(each, seq)
      writes.push({
        lane,
        epoch: lanes.epoch(lane),
        seq,
        deltas: difference(takenBy(own), carried.get(lane) ?? new Map()),
      })
    }
    if (writes.every(({ deltas }) => deltas.size === 0)) return
    await context.intend(writes)
    await write(writes, open, carried)
  }

  async function write(writes: readonly LaneDeltas[], open: readonly Open[], carried: Carried) {
    const failed = await takeUnits(store, writes)
    for (const { deltas } of writes)
      for (const [id, units] of deltas) if (levels.has(id)) add(levels, id, -units)
    if (failed.size === 0) return
    for (const id of failed) levels.delete(id)
    const isUnsettled = (each: Open) => !each.held || anyIdOf(each, id => failed.has(id))
    const rest = new Map<number, Map<string, number>>()
    for (const { lane, deltas } of writes) {
      const units = new Map(carried.get(lane))
      for (const [id, count] of deltas) if (!failed.has(id)) add(units, id, count)
      const settled = open.filter(each => each.lane === lane && !isUnsettled(each))
      rest.set(lane, difference(units, takenBy(settled)))
    }
    await settle(open.filter(isUnsettled), rest)
  }

  /** Units of the requests that were granted, by stock id. */
  function takenBy(open: readonly Pick<Open, 'held' | 'warehouse' | 'lines'>[]): Map<string, number> {
    const taken = new Map<string, number>()
    for (const { held, warehouse, lines } of open)
      if (held) for (const line of lines) add(taken, idOf(warehouse, line.sku), line.quantity)
    return taken
  }

  function keep(request: Open, seq: number): void {
    const { key, orderKey, orderId, warehouse, lines, held, short } = request
    const hold: IntendedHold = { key, seq, orderKey, orderId, warehouse, lines: [...lines], held }
    if (short) hold.short = short
    holds.set(key, hold)
  }

  function answerOf(request: HoldRequest, holding: () => ReadonlySet<string>): HoldAnswer {
    const { held, short } = holds.get(request.key)!
    if (held || !short) return { held }
    const run = runOf(request.key)
    const told = context.told(run, request.warehouse, short.sku)
    // Short of what the run had been told is there: another order was quicker, the run looks again. A run
    // that holds something already cannot be walked anew, so for it short is short.
    const overtaken = told !== undefined && told >= short.need && !holding().has(run)
    if (!overtaken) return { held, short }
    holds.delete(request.key)
    context.forget(run)
    return { held, short, overtaken }
  }

  return {
    async hold(requests) {
      const open = requests.filter(request => !holds.has(request.key))
      if (open.length > 0) await settle(open, NONE)
      // Asked only where something is short.
      let known: ReadonlySet<string> | undefined
      const holding = () => {
        known ??= new Set([...holds.values()].filter(each => each.held).map(each => runOf(each.key)))
        return known
      }
      return requests.map(request => answerOf(request, holding))
    },
    list: () => [...holds.values()],
    async finish(inherited) {
      for (const each of inherited.holds) holds.set(each.key, each)
      const own = inherited.holds.filter(each => each.seq === inherited.seq)
      const deltas = new Map(inherited.deltas.map(({ id, quantity }) => [id, quantity]))
      const [first] = own
      if (!first) return
      const lane = laneOf(first)
      const open = own.map(each => ({ ...each, lane }))
      const epoch = lanes.epoch(lane)
      await fenceOff(store, lane, epoch, [...deltas.keys()])
      // What had been carried into the write is what its deltas leave out of the holds.
      const carried = new Map([[lane, difference(takenBy(open), deltas)]])
      await write([{ lane, epoch, seq: inherited.seq, deltas }], open, carried)
    },
  }
}

function add(sums: Map<string, number>, id: string, units: number): void {
  sums.set(id, (sums.get(id) ?? 0) + units)
}

function difference(a: Deltas, b: Deltas): Map<string, number> {
  const result = new Map<string, number>()
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    const units = (a.get(id) ?? 0) - (b.get(id) ?? 0)
    if (units !== 0) result.set(id, units)
  }
  return result
}
