import type { SimulatedState } from '../server/nodes/node-type.ts'
import type { Text } from '../server/workflow/text.ts'
import type { WorkflowGraph } from '../server/workflow/workflow.ts'

/** A workflow a consultant ships: one JSON file, used by many clients with values of their own. */
export interface WorkflowTemplate {
  /** `<topic>/<name>`, as its file stands in this folder. */
  readonly id: string
  readonly name: Text
  readonly description: Text
  /** JSON Schema of the parameters, each with a default where one makes sense. */
  readonly parameters: Readonly<Record<string, unknown>>
  /**
   * The drawing; `{{name}}` stands for a parameter, alone in a text for its value, within a text for its words.
   * `{forEach: "list", part}` in a list stands for one part per entry, in which `{{list.field}}` is the entry's.
   */
  readonly workflow: WorkflowGraph
  readonly cases: readonly TemplateCase[]
}

/** An input and what must become of it: proves the template, and shows what it is for. */
export interface TemplateCase {
  readonly name: Text
  /** Values of parameters where they are not the defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly given: GivenOrder | GivenSignal
  /** What happens while the run waits, in order. */
  readonly then?: readonly TemplateAnswer[]
  readonly expect: {
    readonly outcome: string
    readonly orderStatus: string
    /** Nodes of the drawing in the order they were visited. */
    readonly path: readonly string[]
    /** What the run does to the world besides asking, each with the parts that matter. */
    readonly effects?: readonly Readonly<Record<string, unknown>>[]
    /** Units available afterwards, where they matter: warehouse → SKU → quantity. */
    readonly stock?: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
}

interface GivenOrder {
  /** Connection the document comes by; one of the world's connections. */
  readonly connection: string
  readonly document: unknown
  /** State of the simulated world; instants as ISO texts. */
  readonly world: Readonly<Partial<Record<keyof SimulatedState, unknown>>>
}

/** For workflows no order begins. */
interface GivenSignal {
  readonly signal: Readonly<Record<string, unknown>>
  readonly world: GivenOrder['world']
}

/** How a run that waits goes on: someone decides its task, or its time comes. */
export interface TemplateAnswer {
  /** The node it waits at. */
  readonly node: string
  readonly port: string
  /** Who decided; `timer` where it was the clock. */
  readonly by: string
  /** When, as an ISO text. */
  readonly at: string
  /** The status on the platform that the order has come to meanwhile, where it changed. */
  readonly status?: string
}
