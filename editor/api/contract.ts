import type { Text } from '../../server/workflow/text.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

// Shapes of the HTTP API and the sockets as the editor reads them. Instants are ISO 8601 strings.

export interface Page<R> {
  readonly items: readonly R[]
  /** Cursor of the next page; absent on the last one. */
  readonly next?: string
}

export interface Health {
  readonly status: string
  readonly version: string
  readonly store: 'embedded' | 'mongodb'
  readonly uptimeMs: number
}

export interface Overview {
  readonly accepted: number
  readonly decided: number
  readonly waiting: number
  readonly failed: number
  readonly backlog: number
  readonly oldestPendingAgeMs: number
  /** Orders worked off per second beyond those that come, lately; below 0 the backlog grows. */
  readonly netPerSecond: number
  /** Orders no workflow wanted. */
  readonly unclaimed: number
  /** Paused workflows, each with how many orders wait for it. */
  readonly held: readonly HeldOrders[]
  /** What people should know of where orders wait: a Redis that would lose them, or is away. */
  readonly warnings: readonly {
    readonly code: string
    readonly message: string
    readonly messageEn: string
  }[]
  readonly quarantined: number
  readonly openTasks: number
  readonly orders: number
  readonly perOutcome: readonly { readonly outcome: string; readonly count: number }[]
  readonly connections: number
  readonly workflows: number
}

export interface HeldOrders {
  readonly workflow: string
  readonly name: string
  readonly since: string
  readonly orders: number
}

/** What people set for all, while the server runs. */
export interface Settings {
  /** Orders decided per second at most; 0 is as fast as possible. */
  readonly drainPerSecond: number
  /** How the person signed who changed it last; absent as long as nobody did. */
  readonly changedBy?: string
  readonly changedAt?: string
}

export interface DemoState {
  readonly running: boolean
  readonly sent: number
  readonly total: number
}

export interface WorkflowSummary {
  readonly id: string
  readonly name: string
  /** New events no longer start runs of it. */
  readonly paused: boolean
  /** Put away: it never runs. */
  readonly archived: boolean
  readonly draftUpdatedAt: string
  /** Who changed it last, as they sign; absent where nobody said. */
  readonly updatedBy?: string
  readonly published?: Published
  readonly problems: number
  readonly runsToday: number
  readonly failedToday: number
}

export interface Published {
  readonly version: number
  readonly at: string
  readonly note?: string
  /** How the person signed; empty where nobody said. */
  readonly by?: string
}

export interface WorkflowDetail {
  readonly id: string
  readonly name: string
  readonly paused: boolean
  /** Put away: it never runs. */
  readonly archived: boolean
  readonly draft: WorkflowGraph
  /** Counts saves of the draft. */
  readonly draftRev: number
  /** Who changed it last, as they sign; absent where nobody said. */
  readonly updatedBy?: string
  readonly published?: Published
}

export interface WorkflowVersion {
  readonly version: number
  readonly graph: WorkflowGraph
  readonly at: string
  readonly note: string
  /** How the person who published it signed; empty where nobody said. */
  readonly by: string
  readonly sentences: Readonly<Record<string, Text>>
  readonly ports: Readonly<Record<string, Readonly<Record<string, Text>>>>
}

export type RunStatus = 'done' | 'failed' | 'waiting'

export interface RunSummary {
  readonly id: string
  readonly workflow: string
  readonly workflowName: string
  readonly version: number
  readonly orderKey: string
  readonly orderId: string
  readonly status: RunStatus
  readonly outcome?: string
  readonly startedAt: string
  readonly finishedAt?: string
  readonly sentence: Text
  readonly error?: RunError
}

export interface RunError {
  readonly node: string
  readonly code: string
  readonly message: string
  /** Whose fault it is: `workflow`, `connector` or `engine`. */
  readonly blame: string
  readonly retryable: boolean
}

export interface RunStep {
  readonly node: string
  readonly label: Text
  readonly type: string
  readonly ports: readonly string[]
  readonly portNames: readonly Text[]
  readonly sentence: Text
}

export interface RunDetail extends RunSummary {
  readonly steps: readonly RunStep[]
}

export interface OrderLine {
  readonly sku: string
  readonly title: string
  readonly quantity: number
}

export interface OrderSummary {
  readonly key: string
  readonly orderId: string
  readonly channel: string
  readonly shop: string
  readonly customer: string
  readonly phone: string
  readonly city: string
  readonly items: readonly OrderLine[]
  readonly paidFen: number
  readonly orderedAt: string | null
  readonly updatedAt: string
  readonly urgent: boolean
  readonly address: string
  readonly status: string
  readonly outcome: string
  readonly sentence: Text
  readonly run: string
  /** Key of the kept order this one repeats. */
  readonly duplicateOf?: string
}

export interface OrderDetail extends OrderSummary {
  /** What the channel sent, masked; null once it is no longer kept. */
  readonly source: unknown
  readonly runs: readonly RunSummary[]
}

export interface StockRow {
  readonly warehouse: string
  readonly sku: string
  readonly onHand: number
  readonly held: number
  readonly available: number
}

/** A SKU that is off sale. */
export interface FrozenSku {
  readonly sku: string
  readonly reason: string
  /** The run that took it off. */
  readonly run: string
  /** Shops it was taken off at, by a call or by a person. */
  readonly places: readonly {
    readonly connection: string
    readonly name: string
    readonly how: 'call' | 'hand'
  }[]
  readonly at: string
  readonly until?: string
}

export interface LedgerEntry {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly warehouse: string
  readonly sku: string
  readonly quantity: number
  /** Key of the order it was for. */
  readonly order?: string
  readonly orderId?: string
  readonly note: string
}

export interface StockProof {
  readonly agrees: boolean
  readonly checked: number
  readonly differences: readonly { readonly warehouse: string; readonly sku: string }[]
}

export interface Warehouse {
  readonly id: string
  readonly name: string
  readonly city?: string
}

/** What the intake answers to a file: all that was good is durable. */
export interface FileReceipt {
  readonly accepted: number
  readonly repeated: number
  readonly refused: readonly {
    readonly rows: readonly number[]
    readonly problems: readonly FieldProblem[]
  }[]
}

/** One thing wrong with one field of a document. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly message: string
  readonly messageEn: string
}

export interface QuarantineEntry {
  readonly id: string
  readonly connection: string
  readonly at: string
  /** The text as it came. */
  readonly body: string
  readonly problems: readonly FieldProblem[]
  readonly status: string
}

export interface Task {
  readonly id: string
  readonly topic: string
  readonly title: string
  readonly detail: string
  readonly order: string
  readonly orderId: string
  readonly run: string
  readonly choices: readonly { readonly id: string; readonly name: Text }[]
  readonly createdAt: string
}

/** Orders per second, over the last second. */
export interface Rates {
  readonly accepted: number
  readonly decided: number
  readonly failed: number
  readonly waiting: number
}

export interface NodeCounts {
  readonly in: number
  readonly ports: Readonly<Record<string, number>>
  readonly failed: number
  /** Mean time of a visit; absent where nothing was measured yet. */
  readonly meanMs?: number
  /** Runs that stand at this node now; absent where none does. */
  readonly waiting?: number
}

export interface LiveMessage {
  readonly at: string
  readonly rates: Rates
  readonly totals: Rates
  readonly backlog: number
  readonly oldestPendingAgeMs: number
  readonly workflows: readonly {
    readonly id: string
    readonly version: number
    readonly nodes: Readonly<Record<string, NodeCounts>>
  }[]
}

export interface Decision {
  readonly run: string
  readonly orderKey: string
  readonly orderId: string
  readonly channel?: string
  readonly customer?: string
  readonly outcome?: string
  readonly status: RunStatus
  readonly sentence: Text
  readonly at: string
}
