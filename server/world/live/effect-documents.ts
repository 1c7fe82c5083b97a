import type { FreezeDoc } from '../../store/freeze-doc.ts'
import type { OutboxDoc } from '../../store/outbox-doc.ts'
import type { PurchaseDoc } from '../../store/purchase-doc.ts'
import type { QuarantineDoc } from '../../store/quarantine-doc.ts'
import type { RestockDoc } from '../../store/restock-doc.ts'
import type { TaskDoc } from '../../store/task-doc.ts'
import type { TimerDoc } from '../../store/timer-doc.ts'
import type { TransferDoc } from '../../store/transfer-doc.ts'
import type { Effect } from '../world.ts'
import { freezeDocuments } from './freeze-documents.ts'
import type { Places } from './places.ts'

/** What the effects of a batch become in the store, by collection. */
export interface EffectDocuments {
  readonly transfers: TransferDoc[]
  readonly restocks: RestockDoc[]
  readonly purchases: PurchaseDoc[]
  readonly tasks: TaskDoc[]
  readonly outbox: OutboxDoc[]
  readonly timers: TimerDoc[]
  readonly quarantine: QuarantineDoc[]
  readonly freezes: FreezeDoc[]
}

/** An effect with the run that has it and the key that makes it happen once. */
export interface RunEffect {
  readonly key: string
  readonly effect: Effect
  readonly run: string
  readonly order: string
  readonly lane: number
  readonly connection: string
  readonly event: string
  /** The source document as text, for the quarantine. */
  readonly body: string
}

export function effectDocuments(
  effects: readonly RunEffect[],
  workspace: string,
  places: Places,
  now: Date,
): EffectDocuments {
  const documents: EffectDocuments = {
    transfers: [],
    restocks: [],
    purchases: [],
    tasks: [],
    outbox: [],
    timers: [],
    quarantine: [],
    freezes: [],
  }
  for (const each of effects) add(documents, each, workspace, places, now)
  return documents
}

function add(
  documents: EffectDocuments,
  each: RunEffect,
  workspace: string,
  places: Places,
  now: Date,
): void {
  const { key: _id, effect, run, order, lane } = each
  switch (effect.kind) {
    case 'transfer': {
      const { orderId, from, to, lines, distanceKm, dueDay } = effect
      documents.transfers.push({
        _id,
        workspace,
        order,
        orderId,
        run,
        from,
        to,
        lines: [...lines],
        distanceKm,
        dueDay,
        status: 'open',
        createdAt: now,
      })
      return
    }
    case 'restock': {
      const { orderId, warehouse, lines } = effect
      documents.restocks.push({
        _id,
        workspace,
        order,
        orderId,
        run,
        warehouse,
        lines: [...lines],
        createdAt: now,
      })
      return
    }
    case 'purchase': {
      const { orderId, supplier, lines, urgent, shipTo } = effect
      documents.purchases.push({
        _id,
        workspace,
        order,
        orderId,
        run,
        supplier,
        lines: [...lines],
        urgent,
        status: 'requested',
        createdAt: now,
      })
      const { url = '', actions = [] } = places.connection(supplier) ?? {}
      const action = actions.includes('purchase') ? ({ action: 'purchase' } as const) : {}
      // A supplier without an address is served by hand: the request stands in the list and waits for a person.
      if (url === '' && !action.action) return
      const body = { purchase: _id, orderId, lines, urgent, ...(shipTo && { shipTo }) }
      documents.outbox.push(
        planned(each, workspace, now, { kind: 'purchase', connection: supplier, url, body, ...action }),
      )
      return
    }
    case 'notify':
      documents.outbox.push(
        planned(each, workspace, now, {
          kind: 'notify',
          connection: '',
          url: effect.url,
          body: { ...effect.body },
        }),
      )
      return
    case 'act': {
      const { action, connection, body } = effect
      documents.outbox.push(
        planned(each, workspace, now, { kind: 'act', action, connection, url: '', body: { ...body } }),
      )
      return
    }
    case 'task': {
      const { topic, title, detail, assignee, orderId, choices } = effect
      documents.tasks.push({
        _id,
        workspace,
        topic,
        title,
        detail,
        assignee,
        order,
        orderId,
        run,
        lane,
        choices: [...choices],
        status: 'open',
        createdAt: now,
      })
      return
    }
    case 'freeze':
    case 'unfreeze': {
      const { kind: action, ...what } = effect
      const freezing = { ...what, key: _id, action, run, by: '' }
      const made = freezeDocuments(freezing, workspace, places.connection, now)
      documents.freezes.push(made.freeze)
      documents.outbox.push(...made.calls)
      documents.tasks.push(...made.tasks)
      return
    }
    case 'timer':
      documents.timers.push({
        _id,
        workspace,
        run,
        order,
        lane,
        port: effect.port,
        dueAt: effect.dueAt,
        state: 'set',
      })
      return
    case 'quarantine':
      documents.quarantine.push({
        _id,
        workspace,
        connection: each.connection,
        event: each.event,
        run,
        body: each.body,
        problems: [...effect.problems],
        status: 'open',
        at: now,
      })
      return
  }
}

function planned(
  each: RunEffect,
  workspace: string,
  now: Date,
  call: Pick<OutboxDoc, 'kind' | 'action' | 'connection' | 'url' | 'body'>,
): OutboxDoc {
  const { key, order, run } = each
  return {
    _id: key,
    workspace,
    order,
    run,
    ...call,
    state: 'planned',
    attempts: 0,
    nextAt: now,
    createdAt: now,
  }
}
