import { groupBy } from '../../../connectors/kit/group-by.ts'
import { insertNew } from '../../store/insert-new.ts'
import { isGone, workerName } from '../../store/lane-lease.ts'
import { orderIdOf } from '../../store/order-key.ts'
import type { OutboxDoc } from '../../store/outbox-doc.ts'
import type { Store } from '../../store/store.ts'
import type { CallResult, OutgoingCalls } from './outgoing-call.ts'

/** To one side at a time: one that is slow must not keep the calls to others waiting. */
const AT_ONCE = 8
const PER_SWEEP = 500
const MAX_ATTEMPTS = 8
const FIRST_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 600_000
/** A call that is still marked as being sent after this long lost its sender. */
const LOST_AFTER_MS = 60_000

/** What a call is, for the person who must look after it. */
const CALLS = {
  purchase: '采购请求',
  notify: '通知',
  freeze: '停售或恢复销售的通知',
  act: '对外操作',
} as const

export interface OutboxSender {
  /** Begins to send everything that is due now. */
  look(): Promise<void>
  /** Sends everything that is due now. */
  sweep(): Promise<void>
  /** There is something to send: sweeps without being waited for. */
  wake(): void
  /** Finishes the calls under way. */
  stop(): Promise<void>
}

/** Carries out calls that are a connector's to make. */
export interface ActionPerformer {
  perform(call: OutboxDoc): Promise<CallResult>
  /** What became of a call whose answer never came. */
  ask(call: OutboxDoc): Promise<CallResult>
  isRepeatable(call: OutboxDoc): Promise<boolean>
}

export interface OutboxOptions {
  readonly workspace: string
  readonly actions: ActionPerformer
  /** Told of every call that was confirmed; once more after a crash. */
  readonly confirmed?: (call: OutboxDoc) => Promise<void>
  readonly log: { error(details: object, message: string): void }
}

/**
 * Carries the outward calls out: planned → sent → confirmed | failed | unknown. Every call carries its effect
 * key as Idempotency-Key, which receivers of ours honour, so an unknown outcome is tried again; where a
 * connection says that repeating is not safe (`settings.repeatUnsafe`), a person decides instead.
 */
export function outboxSender(store: Store, calls: OutgoingCalls, options: OutboxOptions): OutboxSender {
  /** Those something is being sent to, and the sending. */
  const busy = new Map<string, Promise<void>>()
  let looking: Promise<void> | undefined
  let isWoken = false
  let isStopped = false

  function look(): Promise<void> {
    isWoken = true
    looking ??= lookAll().finally(() => {
      looking = undefined
    })
    return looking
  }

  async function lookAll(): Promise<void> {
    await reclaim()
    while (isWoken && !isStopped) {
      isWoken = false
      const due = await store.outbox
        .find({
          state: 'planned',
          nextAt: { $lte: new Date() },
          // What waits for one that is busy must not fill the page.
          ...(busy.size > 0 && { connection: { $nin: [...busy.keys()] } }),
        })
        .sort({ nextAt: 1 })
        .limit(PER_SWEEP)
        .lean()
      if (due.length === PER_SWEEP) isWoken = true
      for (const [connection, calls] of groupBy(due, call => call.connection)) begin(connection, calls)
    }
  }

  function begin(connection: string, calls: readonly OutboxDoc[]): void {
    const queue = calls[Symbol.iterator]()
    const worker = async () => {
      for (const call of queue) if (!isStopped) await send(call)
    }
    const work = Promise.all(Array.from({ length: AT_ONCE }, worker))
      .then(() => {})
      .catch(error => options.log.error({ err: error }, 'outward calls could not be sent'))
      .finally(() => {
        busy.delete(connection)
        // More may have come for it meanwhile.
        wake()
      })
    busy.set(connection, work)
  }

  function wake(): void {
    if (isStopped) return
    look().catch(error => options.log.error({ err: error }, 'outward calls could not be looked for'))
  }

  async function sweep(): Promise<void> {
    do {
      await look()
      await Promise.all(busy.values())
      await looking
    } while (busy.size > 0)
  }

  /** What a sender left behind when it died: the call may have been made. */
  async function reclaim(): Promise<void> {
    const longAgo = Date.now() - LOST_AFTER_MS
    for (const call of await store.outbox.find({ state: 'sent' }).limit(PER_SWEEP).lean())
      if (call.nextAt.getTime() < longAgo || isGone(call.owner ?? ''))
        await settle(call, await whatBecameOf(call))
  }

  async function send(call: OutboxDoc): Promise<void> {
    const taken = await store.outbox.updateOne(
      { _id: call._id, state: 'planned' },
      { $set: { state: 'sent', owner: workerName, nextAt: new Date() }, $inc: { attempts: 1 } },
    )
    if (taken.modifiedCount === 0) return
    const next = { ...call, attempts: call.attempts + 1 }
    await settle(
      next,
      await (call.action ? options.actions.perform(next) : calls.post(call.url, call._id, call.body)),
    )
  }

  const whatBecameOf = (call: OutboxDoc): Promise<CallResult> | CallResult =>
    call.action
      ? options.actions.ask(call)
      : { kind: 'unknown', error: 'The sender stopped before the answer came.' }

  async function settle(call: OutboxDoc, result: CallResult): Promise<void> {
    const mine = { _id: call._id, state: 'sent' as const }
    if (result.kind === 'confirmed') {
      // What follows from it first: a crash in between sends the call again under the same key, and then both agree.
      if (call.kind === 'purchase')
        await store.purchases.updateOne(
          { _id: call._id },
          { $set: { status: 'confirmed', ...(result.answer && { answer: result.answer }) } },
        )
      await options.confirmed?.({ ...call, ...(result.answer && { answer: result.answer }) })
      await store.outbox.updateOne(mine, {
        $set: {
          state: 'confirmed',
          confirmedAt: new Date(),
          ...(result.status !== undefined && { lastStatus: result.status }),
          ...(result.answer && { answer: result.answer }),
        },
        $unset: { lastError: 1 },
      })
      return
    }
    const mayRepeat = result.kind === 'later' || (result.kind === 'unknown' && !(await isRepeatUnsafe(call)))
    if (mayRepeat && call.attempts < MAX_ATTEMPTS) {
      const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (call.attempts - 1))
      // Jitter, so that calls that failed together do not come back together.
      const waitMs = ('afterMs' in result && result.afterMs) || backoffMs * (0.5 + Math.random())
      await store.outbox.updateOne(mine, {
        $set: { state: 'planned', nextAt: new Date(Date.now() + waitMs), lastError: result.error },
      })
      return
    }
    const state = result.kind === 'unknown' ? 'unknown' : 'failed'
    await askPerson(call, result.error, state)
    if (call.kind === 'purchase')
      await store.purchases.updateOne({ _id: call._id }, { $set: { status: state } })
    await store.outbox.updateOne(mine, { $set: { state, lastError: result.error } })
  }

  async function isRepeatUnsafe(call: OutboxDoc): Promise<boolean> {
    if (call.action) return !(await options.actions.isRepeatable(call))
    if (!call.connection) return false
    const connection = await store.connections.findById(call.connection, { settings: 1 }).lean()
    return connection?.settings?.repeatUnsafe === true
  }

  async function askPerson(call: OutboxDoc, error: string, state: 'unknown' | 'failed'): Promise<void> {
    const what = CALLS[call.kind]
    await insertNew(store.tasks, [
      {
        _id: `${call._id}.outbox`,
        workspace: options.workspace,
        topic: state === 'unknown' ? 'outbox-unknown' : 'outbox-failed',
        title: state === 'unknown' ? `${what}不知是否送达` : `${what}没有送达`,
        detail: call.url ? `${call.url}: ${error}` : error,
        assignee: '',
        order: call.order,
        orderId: orderIdOf(call.order),
        run: call.run,
        lane: 0,
        choices: [],
        status: 'open' as const,
        createdAt: new Date(),
      },
    ])
  }

  return {
    look,
    sweep,
    wake,
    async stop() {
      isStopped = true
      await looking
      await Promise.all(busy.values())
    },
  }
}
