import { errors } from '../errors.ts'
import { insertNew } from '../store/insert-new.ts'
import type { Intent } from '../store/lane-doc.ts'
import { acquireLane, DESK_LANE, type LaneLease, RENEW_MS } from '../store/lane-lease.ts'
import type { MovementDoc } from '../store/movement-doc.ts'
import type { Store } from '../store/store.ts'
import { fenceOff } from './live/stock-writes.ts'
import { MOVEMENT_SIGNS } from './movement-sums.ts'
import { type LedgerProof, proveLedger } from './prove-ledger.ts'
import { stockId } from './stock-id.ts'

export interface MoveCommand {
  /** Of the caller's choosing: the same id moves goods once. */
  readonly id: string
  readonly kind: 'received' | 'adjusted' | 'returned'
  readonly lines: readonly { readonly warehouse: string; readonly sku: string; readonly quantity: number }[]
  readonly reason: string
  /** The order and the run it comes from, where it comes from one. */
  readonly order?: string
  readonly run?: string
}

/** Stock commands that hold nothing for an order. One at a time, each all or nothing, each once. */
export interface StockDesk {
  /** @throws errors.StockWouldGoNegative when an adjustment takes more than is available; then nothing changed */
  move(command: MoveCommand): Promise<{ repeated: boolean }>
  /** Ends a hold: back to available, or out of the warehouse. @throws errors.NotFound */
  endHold(hold: string, kind: 'released' | 'shipped', reason: string): Promise<{ repeated: boolean }>
  /** Compares the stock with the sum of the ledger. Meaningful when nothing is in flight. */
  prove(): Promise<LedgerProof>
}

const WAIT_FOR_LANE_MS = 50

export function stockDesk(store: Store, workspace: string): StockDesk {
  let queue: Promise<unknown> = Promise.resolve()

  /** Commands of this process wait for each other here, those of other processes at the lane. */
  function atDesk<T>(work: (lease: LaneLease) => Promise<T>): Promise<T> {
    const turn = queue.then(async () => {
      const lease = await waitForLane(store)
      // A lane that was lost says so at the next intent.
      const renewing = setInterval(() => void lease.renew().catch(() => {}), RENEW_MS)
      try {
        if (lease.inherited) await takeUp(lease, lease.inherited)
        return await work(lease)
      } finally {
        clearInterval(renewing)
        await lease.release()
      }
    })
    queue = turn.catch(() => {})
    return turn
  }

  async function record(movement: MovementDoc): Promise<{ repeated: boolean }> {
    return atDesk(async lease => {
      if (await store.movements.exists({ _id: movement._id })) return { repeated: true }
      const intent: Intent = { ...NOTHING, seq: lease.nextSeq(), at: movement.at, movement }
      await lease.write(intent)
      const short = await finish(lease, intent)
      if (!short) return { repeated: false }
      const { warehouse, sku, quantity } = short.line
      const what = `${warehouse} ${sku}: ${short.available} < ${Math.abs(quantity)}`
      throw new errors.StockWouldGoNegative(what, what)
    })
  }

  /** Finishes what another process had begun. */
  async function takeUp(lease: LaneLease, inherited: Intent): Promise<void> {
    if (lease.isTakenOver && inherited.movement) {
      const ids = inherited.movement.lines.map(line => stockId(workspace, line.warehouse, line.sku))
      await fenceOff(store, DESK_LANE, lease.epoch, ids)
    }
    await finish(lease, inherited)
  }

  /**
   * Does what the intent says, whether it was written just now or by a process that is gone.
   * @returns the line that did not fit, when nothing was changed because of it
   */
  async function finish(lease: LaneLease, { movement, seq, isUndo }: Intent): Promise<Short | undefined> {
    if (!movement) return undefined
    const { done, short } = await applyMovement(store, movement, lease.epoch, seq)
    if (isUndo) return undefined
    if (!short) {
      await insertNew(store.movements, [movement])
      return undefined
    }
    // Lines that did fit go back: all or nothing.
    const reverse: MovementDoc = {
      ...movement,
      lines: done.map(line => ({ ...line, quantity: -line.quantity })),
    }
    const undo: Intent = {
      ...NOTHING,
      seq: lease.nextSeq(),
      at: movement.at,
      isUndo: true,
      movement: reverse,
    }
    await lease.write(undo)
    await finish(lease, undo)
    return short
  }

  return {
    move: ({ id, kind, lines, reason, order, run }) =>
      record({
        _id: id,
        workspace,
        kind,
        ...(order !== undefined && { order }),
        ...(run !== undefined && { run }),
        lines: lines.map(line => ({ ...line })),
        reason,
        at: new Date(),
      }),

    async endHold(hold, kind, reason) {
      const held = await store.movements.findOne({ _id: hold, kind: 'held' }).lean()
      if (!held) throw new errors.NotFound('锁定记录', hold, 'hold', hold)
      const { order, run, lines } = held
      // One id for both ends: what was shipped cannot be released any more.
      return record({
        _id: `${hold}/end`,
        workspace,
        kind,
        order,
        run,
        of: hold,
        lines,
        reason,
        at: new Date(),
      })
    },

    prove: () => proveLedger(store, workspace),
  }
}

const NOTHING = { events: [], plans: [], answers: [], holds: [], deltas: [] }

async function waitForLane(store: Store): Promise<LaneLease> {
  for (;;) {
    const lease = await acquireLane(store, DESK_LANE)
    if (lease) return lease
    await new Promise(resolve => setTimeout(resolve, WAIT_FOR_LANE_MS))
  }
}

type Line = MovementDoc['lines'][number]

interface Short {
  readonly line: Line
  readonly available: number
}

/** Applies a movement's lines once per seq; says which are done and the first that did not fit. */
async function applyMovement(store: Store, movement: MovementDoc, epoch: number, seq: number) {
  const applied = `applied.${DESK_LANE}`
  const notFenced = { [`fences.${DESK_LANE}`]: { $not: { $gt: epoch } } }
  const signs = MOVEMENT_SIGNS[movement.kind]
  const done: Line[] = []
  let short: Short | undefined
  for (const line of sumLines(movement.lines)) {
    const { workspace } = movement
    const { warehouse, sku } = line
    const _id = stockId(workspace, warehouse, sku)
    const onHand = signs.onHand * line.quantity
    const held = signs.held * line.quantity
    const available = onHand - held
    if (available >= 0)
      await insertNew(store.stock, [
        { _id, workspace, warehouse, sku, onHand: 0, held: 0, available: 0, applied: {} },
      ])
    const fits = available < 0 ? { available: { $gte: -available } } : {}
    const result = await store.stock.updateOne(
      { _id, [applied]: { $not: { $gte: seq } }, ...notFenced, ...fits },
      { $inc: { onHand, held, available }, $set: { [applied]: seq } },
    )
    const now = result.modifiedCount === 0 ? await store.stock.findById(_id).lean() : undefined
    if (result.modifiedCount === 1 || (now?.applied[DESK_LANE] ?? 0) >= seq) done.push(line)
    else short ??= { line, available: now?.available ?? 0 }
  }
  return { done, short }
}

function sumLines(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>()
  for (const line of lines) {
    const key = `${line.warehouse}/${line.sku}`
    const sum = sums.get(key)
    if (sum) sum.quantity += line.quantity
    else sums.set(key, { ...line })
  }
  return [...sums.values()]
}
