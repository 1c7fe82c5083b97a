/** A plain value of a rule. */
export type Scalar = string | number | boolean

/** What the left side of a line may be: a field, the sum of a field over a list, or what a clock shows of an instant. */
export type Subject =
  | { readonly kind: 'field'; readonly path: string }
  /** `path` is that of the field in one entry of the list. */
  | { readonly kind: 'sum'; readonly list: string; readonly path: string }
  | { readonly kind: 'clock' | 'weekday'; readonly path: string }

export type Operand =
  | Subject
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'values'; readonly values: readonly Scalar[] }
  /** ISO 8601 with a zone. */
  | { readonly kind: 'instant'; readonly at: string }

export type Comparison =
  | 'is'
  | 'isNot'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  /** Both ends count. */
  | 'between'
  /** Neither end counts. */
  | 'inside'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'endsWith'
  | 'hasAny'
  | 'holds'
  | 'fails'
  | 'isNull'
  | 'notNull'
  | 'within'

/** The rule a part was read from: written again as it was for as long as nobody changed the part. */
interface Read {
  readonly id: string
  readonly source?: { readonly rule: unknown }
}

/** Field, comparison, value. Unfinished while any of them is missing. */
export interface Line extends Read {
  readonly kind: 'line'
  readonly left?: Subject
  readonly op?: Comparison
  /** Two for ranges and for `within` (an instant, then minutes); a hole where nothing was entered yet. */
  readonly right: readonly (Operand | undefined)[]
  /** Compared by `===` rather than `==`. */
  readonly strict?: boolean
}

/** A condition asked of the entries of a list. */
export interface Each extends Read {
  readonly kind: 'each'
  readonly quantifier: 'some' | 'all' | 'none'
  readonly list: string
  readonly inner: Group
}

/** A part that is not shown as a line: kept as it is and told as a sentence. */
export interface Expression extends Read {
  readonly kind: 'expression'
  readonly rule: unknown
}

export interface Group extends Read {
  readonly kind: 'group'
  readonly join: 'all' | 'any'
  /** Holds when the whole of it does not. */
  readonly negated?: boolean
  readonly parts: readonly RuleNode[]
}

export type RuleNode = Line | Each | Expression | Group

/** A condition as the builder shows it; the outermost part is always a group. */
export type RuleTree = Group

let last = 0

/** Ids only tell the parts on one screen apart; they are never stored. */
export function newId(): string {
  last += 1
  return `r${last}`
}

export const emptyTree = (): RuleTree => ({ kind: 'group', id: newId(), join: 'all', parts: [] })

/**
 * The tree with one part replaced, or removed where `change` gives nothing. A group that loses its last part
 * goes with it, the outermost one excepted.
 */
export function edit(tree: RuleTree, id: string, change: (node: RuleNode) => RuleNode | undefined): RuleTree {
  const edited = editNode(tree, id, change)
  return edited?.kind === 'group' ? edited : { ...emptyTree(), join: tree.join }
}

function editNode(
  node: RuleNode,
  id: string,
  change: (node: RuleNode) => RuleNode | undefined,
): RuleNode | undefined {
  if (node.id === id) return change(node)
  if (node.kind === 'each') {
    const inner = editNode(node.inner, id, change)
    if (inner === node.inner) return node
    return { ...node, source: undefined, inner: inner?.kind === 'group' ? inner : emptyTree() }
  }
  if (node.kind !== 'group') return node
  const parts = node.parts.flatMap(part => editNode(part, id, change) ?? [])
  const isSame = parts.length === node.parts.length && parts.every((part, at) => part === node.parts[at])
  if (isSame) return node
  return parts.length === 0 ? undefined : { ...node, source: undefined, parts }
}

/** The group a part stands in. */
export function parentOf(node: RuleNode, id: string): Group | undefined {
  if (node.kind === 'each') return parentOf(node.inner, id)
  if (node.kind !== 'group') return undefined
  if (node.parts.some(part => part.id === id)) return node
  for (const part of node.parts) {
    const found = parentOf(part, id)
    if (found) return found
  }
  return undefined
}
