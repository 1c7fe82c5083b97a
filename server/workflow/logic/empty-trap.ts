import type { FieldSpec } from '../field.ts'
import { constantPath, type FieldScope, findField } from './field-scope.ts'
import { holdsWhenEmpty } from './holds.ts'
import { operationOf } from './operation.ts'
import { below, type RuleProblem } from './rule-problem.ts'
import { variablesOf } from './variables.ts'

const ORDER: ReadonlySet<string> = new Set(['>', '>=', '<', '<='])

/**
 * Comparisons that hold for an empty field because JsonLogic counts empty as 0: `{} < 200` is true. Warned of for
 * fields that may be empty, unless another part of the same `and` already asks that the field is there.
 */
export function emptyTraps(rule: unknown, scope: FieldScope): readonly RuleProblem[] {
  return search(rule, '', [], scope)
}

/** Paths that another part of the same `and` reads, where that part fails on empty fields. */
type Guard = readonly string[]

function search(
  rule: unknown,
  at: string,
  guards: readonly Guard[],
  scope: FieldScope,
): readonly RuleProblem[] {
  const operation = operationOf(rule)
  if (!operation) return []
  const { name, args } = operation
  if (name === 'and' || name === 'or') {
    const all = name === 'and' ? [...guards, ...guardsOf(args)] : guards
    return args.flatMap((arg, index) => search(arg, below(at, name, index), all, scope))
  }
  if (!ORDER.has(name)) return []
  const field = args.map(arg => optionalField(arg, scope)).find(each => each !== undefined)
  if (!field || !holdsWhenEmpty(rule)) return []
  return guards.some(guard => asksFor(field.path, guard)) ? [] : [trap(field, at)]
}

function guardsOf(parts: readonly unknown[]): readonly Guard[] {
  return parts.filter(part => !holdsWhenEmpty(part)).map(variablesOf)
}

function optionalField(rule: unknown, scope: FieldScope): FieldSpec | undefined {
  const path = constantPath(rule)
  const field = path === undefined ? undefined : findField(path, scope)?.field
  return field?.optional ? field : undefined
}

/** Asks for the field itself, or for another of its group: `stock.near.covers` for `stock.near.distanceKm`. */
function asksFor(path: string, reads: Guard): boolean {
  const group = path.slice(0, path.lastIndexOf('.'))
  return reads.some(read => read === path || (group.includes('.') && read.startsWith(`${group}.`)))
}

function trap({ name }: FieldSpec, at: string): RuleProblem {
  return {
    code: 'EMPTY_COUNTS_AS_ZERO',
    severity: 'warning',
    at,
    message: {
      zh: `「${name.zh}」可能为空，空会当作 0 来比较，这个条件就会成立。请再加上「${name.zh} 不为空」`,
      en: `"${name.en}" may be empty, which counts as 0 here and lets the condition hold; also ask that "${name.en}" is not empty`,
    },
  }
}
