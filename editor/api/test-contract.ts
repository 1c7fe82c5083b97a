import type { NodeKind } from '../../server/workflow/node-definition.ts'
import type { Text } from '../../server/workflow/text.ts'
import type { RunError, RunStatus } from './contract.ts'

// Test runs: the real engine on the simulated world. Nothing of it is real, nothing reaches anybody.

/** `POST /workflows/:id/test` body: the draft as it stands on screen, and what to try it on. */
export interface TestRequest {
  /** The saved draft where absent. */
  readonly graph?: unknown
  readonly on:
    | { readonly kind: 'document'; readonly connection: string; readonly document: unknown }
    /** What begins a workflow that no order begins. */
    | { readonly kind: 'signal'; readonly signal: unknown }
    /** A past order, by its key. */
    | { readonly kind: 'order'; readonly order: string }
    /** The last orders that came in (at most 1,000), oldest first, one after another on one simulated world. */
    | { readonly kind: 'last'; readonly count: number }
}

export interface TestResult {
  readonly at: string
  /** Runs in the order of the events; with more than 50 only those whose decision changed (at most 200), then the newest. */
  readonly runs: readonly TestRun[]
  readonly total: number
  /** Runs by outcome, most frequent first. */
  readonly outcomes: readonly { readonly outcome: string; readonly count: number; readonly before: number }[]
  /** How many came out otherwise than they did live. */
  readonly changed: number
  readonly failed: number
  /** Visits by node and exit over all runs: what the canvas draws. */
  readonly nodes: Readonly<
    Record<string, { readonly in: number; readonly ports: Readonly<Record<string, number>> }>
  >
  readonly tookMs: number
}

export interface TestRun {
  readonly event: string
  readonly orderKey: string
  readonly orderId: string
  readonly connection: string
  /** `unwanted`: the trigger does not take this order, there is no run. */
  readonly status: RunStatus | 'unwanted'
  /** The outcome it came to; its status where it came to none. The same holds for `before`. */
  readonly outcome: string
  readonly sentence: Text
  readonly steps: readonly TestStep[]
  readonly error?: RunError
  /** How the same order came out live, where it did. */
  readonly before?: { readonly outcome: string; readonly sentence: Text }
}

export interface TestStep {
  readonly node: string
  readonly label: Text
  readonly kind: NodeKind | undefined
  readonly ports: readonly string[]
  readonly portNames: readonly Text[]
  readonly sentence: Text
  /** What came in: the run's data before this step, buyers masked. Absent in results of many runs. */
  readonly input?: Readonly<Record<string, unknown>>
  /** What the step left in the data, by path: before and after. */
  readonly changes: readonly { readonly path: string; readonly before?: unknown; readonly after?: unknown }[]
  /** What it would do to the world, each as a sentence: 「从杭州仓锁定 MILK-1 2 件」. */
  readonly effects: readonly Text[]
}
