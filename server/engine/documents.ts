import type { OrderDoc } from '../store/order-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import type { RunState } from './run-state.ts'

/** The run as it is written when its batch commits. */
export function runDocument(run: RunState, now: Date): RunDoc {
  const { earlier, failure, plan } = run
  const status = failure ? 'failed' : run.parked.length > 0 ? 'waiting' : 'done'
  const document: RunDoc = {
    _id: run.id,
    workspace: plan.workspace,
    workflow: plan.workflow,
    version: plan.version,
    event: run.event.id,
    order: run.event.orderKey,
    lane: run.lane,
    status,
    outcome: run.ended?.outcome ?? earlier?.outcome ?? '',
    steps: run.steps,
    startedAt: earlier?.startedAt ?? now,
    finishedAt: now,
    rev: (earlier?.rev ?? 0) + 1,
  }
  if (run.parked.length > 0) document.tokens = run.parked
  if (failure) {
    const { node, code, message, blame, retryable } = failure
    document.error = { node, code, message, blame, retryable }
  }
  return document
}

/** What a run that no order began makes of the order it is about. */
export interface OrderStatusChange {
  readonly order: string
  readonly status: string
  readonly seq: number
}

/** The status a run writes on an order that stood before it; none where it was not about one, or has not ended. */
export function statusChange(run: RunState, document: RunDoc): OrderStatusChange | undefined {
  if (run.event.kind !== 'signal' || !run.data.order || document.status !== 'done' || !run.ended)
    return undefined
  return { order: run.event.orderKey, status: run.ended.orderStatus, seq: run.cause.seq }
}

/**
 * The order a run leaves behind; none when the run never had one (its document could not be mapped), or when it was
 * there before and something else began the run.
 */
export function orderDocument(
  run: RunState,
  document: RunDoc,
  firstEvent: string,
  now: Date,
): OrderDoc | undefined {
  const { order, dedup } = run.data
  if (!order || run.event.kind === 'signal') return undefined
  return {
    _id: run.event.orderKey,
    workspace: run.plan.workspace,
    order,
    status: document.status === 'done' ? (run.ended?.orderStatus ?? 'done') : document.status,
    outcome: document.outcome,
    ...(dedup && { duplicateOf: dedup.duplicateOf }),
    firstEvent,
    event: run.event.id,
    seq: run.cause.seq,
    run: run.id,
    createdAt: run.event.receivedAt,
    updatedAt: now,
  }
}
