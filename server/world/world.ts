import type { ActionBodies, ActionName } from '../../connectors/kit/action.ts'
import type { Address, Order, Point } from '../workflow/order.ts'

/**
 * Everything a node may touch, as one interface. Two makers: live (MongoDB) and simulated (memory).
 *
 * Every question carries the effect key of the item that asks (run, node, occurrence). The world answers
 * the same key the same way for ever, so a batch replayed after a crash walks the same path.
 */
export interface World {
  /** The instant of the batch; nodes never read the machine's clock. */
  readonly now: Date
  /** Settings of the connection an event came by; undefined for one that was removed. */
  connection(id: string): ConnectionFacts | undefined
  /** The shops that sell now: where a SKU is taken off sale and put back. */
  sellers(): readonly Seller[]
  orders: {
    /** Whether this event is the first that brought the order, and what is stored of it. */
    arrive(requests: readonly Arrival[]): Promise<ArrivalAnswer[]>
    /** The order as stored now; undefined where there is none. */
    current(requests: readonly Asked<{ orderKey: string }>[]): Promise<(StoredOrder | undefined)[]>
  }
  dedup: {
    /** Claims a key for an order; tells the order that holds it already within the window. */
    claim(requests: readonly DedupClaim[]): Promise<DedupAnswer[]>
  }
  stock: {
    facts(requests: readonly StockQuestion[]): Promise<StockFacts[]>
    /** All lines of a hold or none; never below zero, whoever asks at the same time. */
    hold(requests: readonly HoldRequest[]): Promise<HoldAnswer[]>
  }
}

/** A question with the key that identifies its asker: `<run>/<node>/<occurrence>`. */
export type Asked<T> = T & { readonly key: string }

export interface ConnectionFacts {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly shop: string
  /** Warehouse that ships this shop's orders by default. */
  readonly warehouse?: string
  /** Field mapping of this connection (params of `data.map`), used where a node says "the connection's". */
  readonly mapping?: unknown
  /** Where outward calls to it go, for suppliers and webhooks. */
  readonly url?: string
  /**
   * How a SKU is taken off sale there: by a call to its address, or by a person where it has none. Absent where
   * nothing is sold: suppliers, and connections that are switched off.
   */
  readonly sells?: 'call' | 'hand'
  /** What its connector can do for workflows. */
  readonly actions?: readonly ActionName[]
}

/** A shop that sells. */
export type Seller = Pick<ConnectionFacts, 'id' | 'name' | 'channel'> & { readonly sells: 'call' | 'hand' }

export type Arrival = Asked<{ orderKey: string; event: string }>
export interface ArrivalAnswer {
  /** False for a change of an order that an earlier event brought. */
  readonly isNew: boolean
}

export interface StoredOrder {
  readonly order: Order
  readonly status: string
  readonly outcome?: string
}

export type DedupClaim = Asked<{
  /** What makes two orders the same, already normalised: `13800000000|SKU-1,SKU-2`. */
  dedupKey: string
  orderKey: string
  orderId: string
  channel: string
  at: Date
  windowMs: number
}>
export interface DedupAnswer {
  /** The kept order this one repeats; absent when it is the first of its kind within the window. */
  readonly duplicateOf?: {
    readonly orderKey: string
    readonly orderId: string
    readonly channel: string
    readonly at: Date
  }
}

export interface StockLine {
  readonly sku: string
  readonly quantity: number
}

export type StockQuestion = Asked<{
  /** Own warehouse of the order. */
  warehouse: string
  lines: readonly StockLine[]
  /** Distances are measured from here; from the own warehouse where absent. */
  from?: Point
}>

/** A warehouse seen by an order. `sku`, `available` and `need` are those of its scarcest line. */
export interface WarehouseFacts {
  readonly warehouse: string
  readonly name: string
  readonly sku: string
  readonly available: number
  readonly need: number
  /** True when every line of the order is available here. */
  readonly covers: boolean
  readonly distanceKm: number
}

export interface StockFacts {
  readonly own: WarehouseFacts
  /** The nearest other warehouse that covers every line; `covers: false` and null fields where there is none. */
  readonly near: Omit<WarehouseFacts, 'distanceKm' | 'warehouse'> & {
    readonly warehouse: string | null
    readonly distanceKm: number | null
  }
  /** Every other warehouse, nearest first (at most 12). */
  readonly others: readonly WarehouseFacts[]
  /** All warehouses together. */
  readonly network: {
    readonly sku: string
    readonly available: number
    readonly need: number
    readonly covers: boolean
  }
}

export type HoldRequest = Asked<{
  orderKey: string
  orderId: string
  warehouse: string
  lines: readonly StockLine[]
}>
export interface HoldAnswer {
  readonly held: boolean
  /**
   * The facts this run saw said it would fit, and another order took the units meanwhile: the run should look
   * again instead of going the short way. Never set on a hold that can be relied on.
   */
  readonly overtaken?: boolean
  /** Where it did not fit: the first line that was short. */
  readonly short?: { readonly sku: string; readonly available: number; readonly need: number }
}

/** What a run does to the world besides asking: applied once, when the batch is committed. */
export type Effect =
  | TransferEffect
  | RestockEffect
  | PurchaseEffect
  | TaskEffect
  | NotifyEffect
  | QuarantineEffect
  | FreezeEffect
  | ActEffect
  | TimerEffect

export interface TransferEffect {
  readonly kind: 'transfer'
  readonly orderId: string
  readonly from: string
  readonly to: string
  readonly lines: readonly StockLine[]
  readonly distanceKm: number | null
  /** Day it must arrive, `YYYY-MM-DD` in the workspace's zone. */
  readonly dueDay: string
}

/** Units of a return go back to what a warehouse has available. */
export interface RestockEffect {
  readonly kind: 'restock'
  readonly orderId: string
  readonly warehouse: string
  readonly lines: readonly StockLine[]
}

export interface PurchaseEffect {
  readonly kind: 'purchase'
  readonly orderId: string
  /** Connection of the supplier; its url receives the request. */
  readonly supplier: string
  readonly lines: readonly StockLine[]
  /** Of the customer; what a platform hides is hidden here, too. */
  readonly shipTo?: Address & { readonly name: string; readonly phone: string }
  readonly urgent: boolean
}

export interface TaskEffect {
  readonly kind: 'task'
  readonly orderId: string
  /** What kind of task, for filters: `backorder`, `duplicate-review`, … */
  readonly topic: string
  readonly title: string
  readonly detail: string
  readonly assignee: string
  /** Ports a person may choose among when the run waits for the decision; empty when it does not. */
  readonly choices: readonly string[]
}

export interface NotifyEffect {
  readonly kind: 'notify'
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A connector does something outside: tells a shop of a parcel, tells people something. */
export type ActEffect = {
  [N in Exclude<ActionName, 'purchase'>]: {
    readonly kind: 'act'
    readonly action: N
    readonly orderId: string
    readonly connection: string
    /** Of stock, figures and the platform's ids are looked up when it is sent. */
    readonly body: N extends 'stock' ? { readonly sku: string; readonly keepBack: number } : ActionBodies[N]
  }
}[Exclude<ActionName, 'purchase'>]

export interface QuarantineEffect {
  readonly kind: 'quarantine'
  readonly problems: readonly FieldProblem[]
}

/** A SKU goes off sale at these shops, or back on sale. */
export interface FreezeEffect {
  readonly kind: 'freeze' | 'unfreeze'
  readonly sku: string
  readonly reason: string
  readonly sellers: readonly Seller[]
  /** Of a freeze: when it ends by itself. */
  readonly until?: Date
  /** Who takes it off by hand where no call reaches the shop. */
  readonly assignee: string
}

export interface TimerEffect {
  readonly kind: 'timer'
  readonly dueAt: Date
  /** Port by which the run goes on when nothing else woke it. */
  readonly port: string
}

/** One thing wrong with one field of a document. */
export interface FieldProblem {
  /** Path of the unified field: `items/0/quantity`. */
  readonly field: string
  /** Coded: `MISSING`, `NOT_A_NUMBER`, … */
  readonly code: string
  /** In Chinese, for the person who mends it; `messageEn` says the same. */
  readonly message: string
  readonly messageEn: string
}
