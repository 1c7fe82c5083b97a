import { operationOf } from '../logic/operation.ts'
import { truthy } from '../logic/values.ts'

/** A condition taken apart: tests joined by "all" and "any". A test that must fail stands with `wanted: false`. */
export type Formula =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] }
  | { readonly kind: 'test'; readonly test: number; readonly wanted: boolean }

/** The tests of all rows, each once: what a condition asks that is neither "and", "or" nor "not". */
export interface TestPool {
  readonly rules: unknown[]
  readonly byText: Map<string, number>
}

export const ALWAYS: Formula = { kind: 'all', parts: [] }
export const NEVER: Formula = { kind: 'any', parts: [] }

export function emptyPool(): TestPool {
  return { rules: [], byText: new Map() }
}

/** The formula of a condition that holds, or of one that fails. */
export function formulaOf(rule: unknown, pool: TestPool, wanted = true): Formula {
  const operation = operationOf(rule)
  if (!operation && !Array.isArray(rule)) return truthy(rule) === wanted ? ALWAYS : NEVER
  if (operation?.name === '!') return formulaOf(operation.args[0], pool, !wanted)
  if (operation?.name === '!!') return formulaOf(operation.args[0], pool, wanted)
  if (operation?.name === 'and' || operation?.name === 'or') {
    const kind = (operation.name === 'and') === wanted ? 'all' : 'any'
    return joined(
      kind,
      operation.args.map(arg => formulaOf(arg, pool, wanted)),
    )
  }
  return { kind: 'test', test: testOf(rule, pool), wanted }
}

export function negated(formula: Formula): Formula {
  if (formula.kind === 'test') return { ...formula, wanted: !formula.wanted }
  return { kind: formula.kind === 'all' ? 'any' : 'all', parts: formula.parts.map(negated) }
}

function joined(kind: 'all' | 'any', parts: readonly Formula[]): Formula {
  const flat = parts.flatMap(part => (part.kind === kind ? part.parts : [part]))
  const settling = kind === 'all' ? NEVER : ALWAYS
  if (flat.some(part => part === settling)) return settling
  return flat.length === 1 ? flat[0]! : { kind, parts: flat }
}

function testOf(rule: unknown, pool: TestPool): number {
  const text = JSON.stringify(rule)
  const known = pool.byText.get(text)
  if (known !== undefined) return known
  pool.byText.set(text, pool.rules.length)
  return pool.rules.push(rule) - 1
}
