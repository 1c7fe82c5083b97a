import type { IntendedHold, Intent } from '../../store/lane-doc.ts'
import type { Store } from '../../store/store.ts'
import { allocate } from '../allocation.ts'
import { stockId } from '../stock-id.ts'
import type { HoldAnswer, HoldRequest } from '../world.ts'
import { runOf } from './answers.ts'
import { readLevels } from './stock-levels.ts'
import { takeUnits } from './stock-writes.ts'

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
  readonly lane: number
  nextSeq(): number
  /** Writes the intent with these deltas; the stock write `seq` may follow. */
  intend(seq: number, deltas: ReadonlyMap<string, number>): Promise<void>
  /** What the run was told to be available under a stock id; undefined when it never asked. */
  told(run: string, id: string): number | undefined
  /** The run must look again: what it was told is void. */
  forget(run: string): void
}

type Open = HoldRequest & { readonly held: boolean; readonly short?: IntendedHold['short'] }

/**
 * Holds for a batch: one allocation in memory in the order of the requests, one conditional write per stock.
 * Where another worker took units between reading and writing, what did not settle is allocated anew.
 */
export function stockHolds(context: HoldContext): StockHolds {
  const { store, workspace, lane } = context
  const holds = new Map<string, IntendedHold>()
  const idOf = (warehouse: string, sku: string) => stockId(workspace, warehouse, sku)
  const idsOf = (request: Pick<HoldRequest, 'warehouse' | 'lines'>) =>
    request.lines.map(line => idOf(request.warehouse, line.sku))

  /** @param carried units already taken for requests that are still open */
  async function settle(
    requests: readonly HoldRequest[],
    carried: ReadonlyMap<string, number>,
  ): Promise<void> {
    const levels = await readLevels(store, [...requests.flatMap(idsOf), ...carried.keys()])
    const available = (warehouse: string, sku: string) => {
      const id = idOf(warehouse, sku)
      return (levels.get(id) ?? 0) + (carried.get(id) ?? 0)
    }
    const { answers, taken } = allocate(requests, available, workspace)
    const seq = context.nextSeq()
    const open = requests.map((request, index): Open => ({ ...request, ...answers[index]! }))
    for (const each of open) keep(each, seq)
    const deltas = difference(taken, carried)
    if (deltas.size === 0) return
    await context.intend(seq, deltas)
    await write(seq, deltas, open, carried)
  }

  async function write(
    seq: number,
    deltas: ReadonlyMap<string, number>,
    open: readonly Open[],
    carried: ReadonlyMap<string, number>,
  ) {
    const failed = await takeUnits(store, lane, seq, deltas)
    if (failed.size === 0) return
    const isUnsettled = (each: Open) => !each.held || idsOf(each).some(id => failed.has(id))
    const rest = new Map(carried)
    for (const [id, units] of deltas) if (!failed.has(id)) rest.set(id, (rest.get(id) ?? 0) + units)
    for (const each of open)
      if (!isUnsettled(each))
        for (const line of each.lines) {
          const id = idOf(each.warehouse, line.sku)
          rest.set(id, (rest.get(id) ?? 0) - line.quantity)
        }
    await settle(open.filter(isUnsettled), new Map([...rest].filter(([, units]) => units !== 0)))
  }

  function keep(request: Open, seq: number): void {
    const { key, orderKey, orderId, warehouse, lines, held, short } = request
    holds.set(key, {
      key,
      seq,
      orderKey,
      orderId,
      warehouse,
      lines: [...lines],
      held,
      ...(short && { short }),
    })
  }

  function answerOf(request: HoldRequest, holding: ReadonlySet<string>): HoldAnswer {
    const { held, short } = holds.get(request.key)!
    if (held || !short) return { held }
    const run = runOf(request.key)
    const told = context.told(run, idOf(request.warehouse, short.sku))
    // Short of what the run had been told is there: another order was quicker, the run looks again. A run
    // that holds something already cannot be walked anew, so for it short is short.
    const overtaken = told !== undefined && told >= short.need && !holding.has(run)
    if (!overtaken) return { held, short }
    holds.delete(request.key)
    context.forget(run)
    return { held, short, overtaken }
  }

  return {
    async hold(requests) {
      const open = requests.filter(request => !holds.has(request.key))
      if (open.length > 0) await settle(open, new Map())
      const holding = new Set([...holds.values()].filter(each => each.held).map(each => runOf(each.key)))
      return requests.map(request => answerOf(request, holding))
    },
    list: () => [...holds.values()],
    async finish(inherited) {
      for (const each of inherited.holds) holds.set(each.key, each)
      const open = inherited.holds.filter(each => each.seq === inherited.seq)
      const taken = new Map<string, number>()
      for (const each of open)
        if (each.held)
          for (const line of each.lines) {
            const id = idOf(each.warehouse, line.sku)
            taken.set(id, (taken.get(id) ?? 0) + line.quantity)
          }
      const deltas = new Map(inherited.deltas.map(({ id, quantity }) => [id, quantity]))
      await write(inherited.seq, deltas, open, difference(taken, deltas))
    },
  }
}

function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const result = new Map<string, number>()
  for (const id of new Set([...a.keys(), ...b.keys()])) {
    const units = (a.get(id) ?? 0) - (b.get(id) ?? 0)
    if (units !== 0) result.set(id, units)
  }
  return result
}
