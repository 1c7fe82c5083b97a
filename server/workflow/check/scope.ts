import type { FieldSpec } from '../field.ts'
import type { NodeManifest } from '../node-definition.ts'
import { baseFields } from '../order-fields.ts'
import type { Text } from '../text.ts'
import type { Definitions, NodeView } from './context.ts'

type Fields = ReadonlyMap<string, FieldSpec>

/** The fields a node may read. */
export interface Scope {
  /** Those that are there whichever way an order came. */
  readonly always: Fields
  /** Those that are there on some of the ways. */
  readonly sometimes: Fields
}

/** What of a node decides on the scope of those behind it. */
type ScopedNode = Pick<NodeView, 'into'> & { readonly definition: Pick<NodeManifest, 'adds'> | undefined }

/**
 * The scope of every node an order can come to, from the ways that lead there. Nodes on a cycle have none, nor
 * have those behind a node of unknown type, of which nobody can tell what it brings.
 */
export function scopesOf(
  nodes: ReadonlyMap<string, ScopedNode>,
  order: readonly string[],
  reachable: ReadonlySet<string>,
): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>()
  const base = byPath(baseFields)
  for (const id of order) {
    const view = nodes.get(id)
    if (!view || !reachable.has(id)) continue
    const ways = view.into.filter(edge => reachable.has(edge.from))
    const arriving = ways.flatMap(edge => {
      const scope = scopes.get(edge.from)
      const definition = nodes.get(edge.from)?.definition
      return scope && definition ? [leaving(scope, definition, edge.port)] : []
    })
    if (ways.length === 0) scopes.set(id, { always: base, sometimes: base })
    else if (arriving.length === ways.length) scopes.set(id, met(arriving))
  }
  return scopes
}

function leaving({ always, sometimes }: Scope, { adds }: Pick<NodeManifest, 'adds'>, port: string): Scope {
  const added = byPath([...(own(adds, '*') ?? []), ...(port === '*' ? [] : (own(adds, port) ?? []))])
  return { always: new Map([...always, ...added]), sometimes: new Map([...sometimes, ...added]) }
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Where ways meet, only what every one of them brings is sure to be there. */
function met(scopes: readonly Scope[]): Scope {
  const [first, ...others] = scopes
  const always = [...first!.always].filter(([path]) => others.every(other => other.always.has(path)))
  return { always: new Map(always), sometimes: new Map(scopes.flatMap(({ sometimes }) => [...sometimes])) }
}

function byPath(fields: readonly FieldSpec[]): Fields {
  return new Map(fields.map(field => [field.path, field]))
}

/** Names of the node types that bring a field, or anything below a root such as `order`. */
export function givenBy(path: string, definitions: Definitions): readonly Text[] {
  return [...definitions.values()]
    .filter(({ adds }) => Object.values(adds).some(fields => covers(fields, path)))
    .map(({ name }) => name)
}

/** Whether fields hold a path: the path itself, something below it, or an open field above it. */
export function covers(fields: Iterable<FieldSpec>, path: string): boolean {
  for (const field of fields) {
    if (field.path === path || field.path.startsWith(`${path}.`)) return true
    if (path.startsWith(`${field.path}.`) && (field.open || field.type === 'object')) return true
  }
  return false
}

/** Every field any node of the workflow could give: what is checked against where the scope is not known. */
export function allFields(definitions: Definitions): readonly FieldSpec[] {
  const added = [...definitions.values()].flatMap(({ adds }) => Object.values(adds).flat())
  return [...byPath([...baseFields, ...added]).values()]
}
