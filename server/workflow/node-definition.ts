import type { TSchema } from 'typebox'
import type { FieldSpec } from './field.ts'
import type { Problem } from './problem.ts'
import type { Text } from './text.ts'

/** What a node is for; gives its card the coloured edge and its group in the palette. */
export type NodeKind = 'trigger' | 'data' | 'decision' | 'stock' | 'people' | 'outside' | 'time' | 'end'

/** Ports of a node by id, in the words that stand on their edges. */
export type Ports = Readonly<Record<string, Text>>

/** How ports follow from the params, as data, so that the editor knows them as well. Paths are dotted. */
export interface PortsFrom {
  /** Param that holds a list; the `port` of each entry is a port. */
  readonly list: string
  /** Field of an entry that names its port in words. */
  readonly name: string
  /** Param that must be true for this to hold; otherwise the node has its fixed `ports`. */
  readonly when?: string
  /** The exit for all that no entry fits: its id, the param that may give it another one, and the one that names it. */
  readonly otherwise?: { readonly id: string; readonly port?: string; readonly name?: string }
}

/** The part of a node type that is data: what the editor and the docs read. */
export interface NodeManifest {
  /** `stock.hold`: group, then verb or noun. Stable for ever; a breaking change is a new type. */
  readonly type: string
  readonly kind: NodeKind
  /** Of a trigger: the kind of event it begins with; orders where absent. */
  readonly wants?: 'order' | 'signal'
  /** Of a trigger that waits for signals: whether these are about an order; about a SKU where absent. */
  readonly about?: 'order'
  /** Of a trigger no order begins: a document to try it on. */
  readonly sample?: unknown
  readonly name: Text
  /** The card's sentence with holes named after params: `库存 ≥ {qty}`. */
  readonly title: Text
  readonly description: Text
  /**
   * JSON Schema (TypeBox) of the params. `ui: 'condition'` on a part of it marks JsonLogic over the fields
   * in scope; the checker reads it wherever it stands.
   */
  readonly params: TSchema
  /** Ports every node of this type has. Empty for a node that ends a run. */
  readonly ports: Ports
  /** Where the ports follow from the params; `ports` then names only what does not. */
  readonly portsFrom?: PortsFrom
  /** Fields later nodes may read, by the port that leads to them; `*` for every port. */
  readonly adds: Readonly<Record<string, readonly FieldSpec[]>>
  /** Paths (or their roots, such as `order`) that must be there before this node. */
  readonly needs: readonly string[]
}

/** What the checker and the compiler know of a node type: the manifest and its pure functions. */
export interface NodeDefinition<P = unknown> extends NodeManifest {
  /** Faults a schema cannot express; `param` of each problem is a path inside params. */
  readonly checkParams?: (params: P) => readonly Omit<Problem, 'node'>[]
}
