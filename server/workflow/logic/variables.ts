import { assertSize } from './limits.ts'
import { operationOf } from './operation.ts'
import { operators } from './operators.ts'
import { splitPath } from './own.ts'

/**
 * Where the paths of a part begin. `root` is the run's data, `entry` one entry of the list at a path,
 * `turn` one turn of a `reduce` over it; `derived` is a value the rule made itself, of no path.
 */
type Scope =
  | { readonly kind: 'root' }
  | { readonly kind: 'derived' }
  | { readonly kind: 'entry' | 'turn'; readonly list: string }

/**
 * The paths a rule reads, each once, in reading order. What is read of the entries of a list carries `[]`:
 * `{some: [{var: 'order.items'}, {'>': [{var: 'quantity'}, 1]}]}` → `order.items`, `order.items[].quantity`.
 *
 * @throws LogicError when the rule is too deep or too large
 */
export function variablesOf(rule: unknown): readonly string[] {
  assertSize(rule)
  const found = new Set<string>()
  collect(rule, { kind: 'root' }, found)
  return [...found]
}

function collect(rule: unknown, scope: Scope, found: Set<string>): void {
  if (Array.isArray(rule)) {
    for (const entry of rule) collect(entry, scope, found)
    return
  }
  const operation = operationOf(rule)
  if (!operation) return
  const { name, args } = operation
  if (name === 'var') {
    const path = pathIn(args[0], scope)
    if (path !== undefined) found.add(path)
  }
  if (name === 'missing' || name === 'missing_some') collectKeys(args, scope, found)
  const isLoop = operators.get(name)?.kind === 'each'
  for (const [index, arg] of args.entries()) {
    collect(arg, isLoop && index === 1 ? scopeInside(name, args[0], scope) : scope, found)
  }
}

/** The whole path of a `var`; undefined where it is worked out, or belongs to what the rule made itself. */
function pathIn(path: unknown, scope: Scope): string | undefined {
  if (typeof path === 'object' && path !== null) return undefined
  const parts = splitPath(path)
  if (scope.kind === 'root') return parts.join('.')
  if (scope.kind === 'derived') return undefined
  if (scope.kind === 'entry') return [`${scope.list}[]`, ...parts].join('.')
  const [which, ...rest] = parts
  return which === 'current' ? [`${scope.list}[]`, ...rest].join('.') : undefined
}

function collectKeys(args: readonly unknown[], scope: Scope, found: Set<string>): void {
  for (const key of args.flat()) {
    const path = typeof key === 'string' ? pathIn(key, scope) : undefined
    if (path !== undefined) found.add(path)
  }
}

function scopeInside(loop: string, source: unknown, scope: Scope): Scope {
  const list = listPath(source, scope)
  if (list === undefined) return { kind: 'derived' }
  return { kind: loop === 'reduce' ? 'turn' : 'entry', list }
}

/** The list a loop goes through: that of a `var`, also when filtered first. */
function listPath(source: unknown, scope: Scope): string | undefined {
  const operation = operationOf(source)
  if (operation?.name === 'var') return pathIn(operation.args[0], scope)
  return operation?.name === 'filter' ? listPath(operation.args[0], scope) : undefined
}
