import type { Static, TSchema } from 'typebox'
import type { NodeDefinition } from '../workflow/node-definition.ts'
import type { Order } from '../workflow/order.ts'
import type { Text } from '../workflow/text.ts'
import type { Effect, StockFacts, World } from '../world/world.ts'
import type { ParcelOfRun } from './parcel-signal.ts'
import type { SpikeFacts } from './stock-spike.ts'

/** The event a run began with, as nodes see it. */
export interface RunEvent {
  readonly id: string
  readonly kind: string
  readonly connection: string
  readonly channel: string
  readonly shop: string
  readonly receivedAt: Date
  /** `<connection>:<platform order id>` where the event is about an order. */
  readonly orderKey: string
}

/** What a run carries from node to node: every node reads it, none changes it in place. */
export interface RunData {
  readonly event: RunEvent
  /** The source document, untouched. */
  readonly source: unknown
  readonly order?: Order
  /** The spike it began with, where it began with one. */
  readonly signal?: SpikeFacts
  /** The parcel it began with, where it began with one. */
  readonly parcel?: ParcelOfRun
  readonly stock?: StockFacts
  readonly dedup?: { readonly duplicateOf: string; readonly minutesApart: number }
  readonly decision?: { readonly row: string }
  readonly task?: { readonly choice: string; readonly by: string }
}

export interface Item {
  /** Effect key of this visit: `<run>/<node>/<occurrence>`. */
  readonly key: string
  readonly data: RunData
}

/** What a node says of one item. */
export interface Outcome {
  /** Ports the item leaves by; more than one where the node lets it go on along several. */
  readonly ports: readonly string[]
  /** Parts of the run's data this node replaces. */
  readonly set?: Partial<Omit<RunData, 'event' | 'source'>>
  /** Values of the decision, small and flat: what the sentence and the step record are made of. */
  readonly note?: Readonly<Record<string, unknown>>
  readonly effects?: readonly Effect[]
  /** The run waits here for one of its effects (a task's decision, a timer) before it goes on. */
  readonly waits?: boolean
  /** How a run that ends here came out: written on the run and on its order. */
  readonly ends?: { readonly outcome: string; readonly orderStatus: string }
  /** What the run saw was overtaken by another order's hold: walk it again on the world as it is now. */
  readonly again?: boolean
  /** The step failed; the run stops here and can be retried. */
  readonly failed?: StepFailure
}

export interface StepFailure {
  readonly code: string
  readonly message: string
  /** Whose fault it is: the question every run page must answer. */
  readonly blame: 'workflow' | 'connector' | 'engine'
  readonly retryable: boolean
}

/** A waiting item, and what it waited for: the port a person chose or a timer named. */
export interface AnsweredItem extends Item {
  readonly answer: { readonly port: string; readonly by: string }
}

export interface RunContext<P, C> {
  readonly params: P
  /** What `prepare` made of the params when the version was compiled. */
  readonly prepared: C
  readonly world: World
}

/** A node type: one object in one file. Form, palette, checks, docs, explanations and tests come from it. */
export interface NodeType<P = unknown, C = unknown> extends NodeDefinition<P> {
  /** Work that depends on params alone (compile a condition, a schema): done once per version. */
  readonly prepare?: (params: P) => C
  run(batch: readonly Item[], context: RunContext<P, C>): Promise<readonly Outcome[]> | readonly Outcome[]
  /** What becomes of items that waited here; without it they leave by the port of the answer. */
  resume?(
    batch: readonly AnsweredItem[],
    context: RunContext<P, C>,
  ): Promise<readonly Outcome[]> | readonly Outcome[]
  /** One sentence about one step, from its ports and its note. */
  explain(
    step: { readonly ports: readonly string[]; readonly note: Readonly<Record<string, unknown>> },
    params: P,
  ): Text
  /** Tried in tests and shown in the docs; at least one, with the boundary where there is one. */
  readonly examples: readonly NodeExample<P>[]
}

export interface NodeExample<P = unknown> {
  readonly title: Text
  readonly params: P
  readonly data: Partial<RunData>
  /** State of the simulated world before the step. */
  readonly world?: SimulatedState
  readonly expect: { readonly ports: readonly string[]; readonly note?: Readonly<Record<string, unknown>> }
}

/** What a simulated world starts with. */
export interface SimulatedState {
  readonly now?: Date
  readonly connections?: readonly import('../world/world.ts').ConnectionFacts[]
  readonly warehouses?: readonly { id: string; name: string; point: { lng: number; lat: number } }[]
  /** Units available: warehouse → SKU → quantity. */
  readonly stock?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly orders?: readonly { orderKey: string; order: Order; status: string; outcome?: string }[]
  readonly sightings?: readonly {
    dedupKey: string
    orderKey: string
    orderId: string
    channel: string
    at: Date
  }[]
}

/** The params' type, taken from the schema alone: inferring it back from every use costs the type checker seconds. */
export type ParamsOf<S extends TSchema> = NoInfer<Static<S>>

/** Declares a node type with `params` and `prepared` inferred; what the list in index.ts holds is its general form. */
export function defineNode<S extends TSchema, C = undefined>(
  type: Omit<NodeType<ParamsOf<S>, C>, 'params'> & { readonly params: S },
): NodeType {
  // Params are validated against `params` when a version is compiled, which is what makes this widening true.
  return type as unknown as NodeType
}
