import { isLosslessNumber } from 'lossless-json'

export type SourceKind = 'text' | 'number' | 'boolean' | 'empty' | 'object' | 'list' | 'values'

/** A place of the source documents. */
export interface SourceNode {
  /** Its path from the document, `[]` after every list on the way: `orders.order[].num`. */
  readonly id: string
  readonly key: string
  readonly kind: SourceKind
  /** What stands there in each document; undefined where nothing does. Entries of lists show their first one. */
  readonly values: readonly unknown[]
  /** Most entries of a list in any of the documents. */
  readonly count: number
  readonly children: readonly SourceNode[]
}

const MOST_DEPTH = 12

/** One tree of several documents: every place any of them has, in the order it is first met. */
export function sourceTree(documents: readonly unknown[]): readonly SourceNode[] {
  return childrenOf(documents, '', 0)
}

function childrenOf(documents: readonly unknown[], base: string, depth: number): readonly SourceNode[] {
  if (depth > MOST_DEPTH) return []
  const keys = new Set(documents.flatMap(each => (isRecord(each) ? Object.keys(each) : [])))
  return [...keys].flatMap(key => {
    const name = segment(key)
    if (name === undefined) return []
    const id = base === '' || name.startsWith('[') ? base + name : `${base}.${name}`
    const values = documents.map(each => (isRecord(each) && Object.hasOwn(each, key) ? each[key] : undefined))
    return [nodeOf(id, key, values, depth)]
  })
}

function nodeOf(id: string, key: string, values: readonly unknown[], depth: number): SourceNode {
  const lists = values.filter(value => Array.isArray(value))
  const count = Math.max(0, ...lists.map(list => list.length))
  if (lists.some(list => list.some(isRecord))) {
    // Each document's first entry stands for its list; more of them where one lacks a field.
    const entries = values.map(value => (Array.isArray(value) ? mergedEntry(value as unknown[]) : value))
    return { id, key, kind: 'list', values, count, children: childrenOf(entries, `${id}[]`, depth + 1) }
  }
  if (values.some(isRecord))
    return { id, key, kind: 'object', values, count: 0, children: childrenOf(values, id, depth + 1) }
  if (lists.length > 0) {
    const firsts = values.map(value => (Array.isArray(value) ? (value as unknown[])[0] : value))
    return { id: `${id}[]`, key, kind: count === 0 ? 'empty' : 'values', values: firsts, count, children: [] }
  }
  return { id, key, kind: kindOf(values), values, count: 0, children: [] }
}

const ENTRIES_MERGED = 20

function mergedEntry(list: readonly unknown[]): unknown {
  const merged = new Map<string, unknown>()
  for (const entry of list.filter(isRecord).slice(0, ENTRIES_MERGED))
    for (const [key, value] of Object.entries(entry)) if (!merged.has(key)) merged.set(key, value)
  return Object.fromEntries(merged)
}

function kindOf(values: readonly unknown[]): SourceKind {
  const value = values.find(each => each !== undefined && each !== null && each !== '')
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'number' || isLosslessNumber(value) ? 'number' : 'empty'
}

/** A key as a source path writes it; undefined for one no path can. */
function segment(key: string): string | undefined {
  if (key !== '' && !/[.[\]]/.test(key) && key !== '$') return key
  return key === '' || key.includes('"') ? undefined : `["${key}"]`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** All places of a tree, outermost first. */
export function nodesOf(tree: readonly SourceNode[]): readonly SourceNode[] {
  return tree.flatMap(node => [node, ...nodesOf(node.children)])
}

export function isBranch(node: SourceNode): boolean {
  return node.kind === 'object' || node.kind === 'list'
}

/**
 * A place as a field reads it. A field of an entry reads its own entry by a short path, and anything else of the
 * document from `$.`.
 * @param each the list the items are made of, for a field of an entry
 */
export function pathFor(id: string, each: string | undefined): string {
  if (each === undefined || each === '$') return id
  for (const base of [`${each}[]`, each]) {
    const rest = id.startsWith(base) ? id.slice(base.length) : ''
    if (rest.startsWith('.')) return rest.slice(1)
    if (rest.startsWith('["')) return rest
  }
  return id.startsWith('[') ? `$${id}` : `$.${id}`
}

/** The place a path of a field reads: the inverse of `pathFor` where the tree has the place. */
export function idOf(path: string, each: string | undefined, ids: ReadonlySet<string>): string | undefined {
  if (path.startsWith('$.')) return ids.has(path.slice(2)) ? path.slice(2) : undefined
  if (path.startsWith('$[')) return ids.has(path.slice(1)) ? path.slice(1) : undefined
  if (each === undefined || each === '$') return ids.has(path) ? path : undefined
  const below = path.startsWith('[') ? path : `.${path}`
  return [`${each}[]${below}`, each + below].find(id => ids.has(id))
}

/** The innermost list a place stands in; undefined outside lists. */
export function listAround(id: string): string | undefined {
  const at = id.lastIndexOf('[].')
  return at < 0 ? undefined : id.slice(0, at)
}

/** The entries of a list of the document, as documents of their own. */
export function entriesAt(document: unknown, path: string): readonly unknown[] {
  let value = document
  for (const key of path.split('.')) value = isRecord(value) ? value[key] : undefined
  return Array.isArray(value) ? value.filter(isRecord) : []
}
