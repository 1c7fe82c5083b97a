import { type Bits, bitsOf, firstBit, isEmpty, isSingle, meets, members, narrowed, without } from './bits.ts'
import type { Formula } from './formula.ts'

/** A test by the values of the variables it reads, which are numbered from 0. */
export type Test =
  | { readonly kind: 'one'; readonly variable: number; readonly holds: Bits }
  | {
      readonly kind: 'two'
      readonly variables: readonly [number, number]
      /** For each value of one variable, the values of the other with which the test holds; both ways round. */
      readonly holds: readonly [readonly Bits[], readonly Bits[]]
    }
  | {
      readonly kind: 'many'
      readonly variables: readonly number[]
      readonly holds: (values: readonly number[]) => boolean
    }

/** Variables with so many values each, of which those with small numbers are preferred. */
export interface Puzzle {
  readonly sizes: readonly number[]
  readonly tests: readonly Test[]
}

/** Steps a search may take; shared by the searches of one analysis. */
export interface Budget {
  left: number
}

export type Solution =
  | { readonly kind: 'found'; readonly values: readonly number[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'gave-up' }

export type Domains = readonly Bits[]

interface State {
  domains: Bits[]
  /** Tests on several variables that were decided on, which the values must still be found for. */
  readonly decided: Map<number, boolean>
}

const NONE: Solution = { kind: 'none' }
const GAVE_UP: Solution = { kind: 'gave-up' }

export function allValues({ sizes }: Puzzle): Domains {
  return sizes.map(size => bitsOf(size, () => true))
}

/** Values for all variables under which every formula holds, by narrowing and trying, within a budget. */
export function solve(
  formulas: readonly Formula[],
  puzzle: Puzzle,
  budget: Budget,
  domains: Domains = allValues(puzzle),
): Solution {
  return search(formulas, { domains: [...domains], decided: new Map() }, puzzle, budget)
}

/** What is left of the values when a formula must hold; undefined when it cannot. */
export function narrowedBy(formula: Formula, puzzle: Puzzle, budget: Budget): Domains | undefined {
  const state: State = { domains: [...allValues(puzzle)], decided: new Map() }
  return propagate([formula], state, puzzle, budget) ? state.domains : undefined
}

function search(formulas: readonly Formula[], state: State, puzzle: Puzzle, budget: Budget): Solution {
  const open = propagate(formulas, state, puzzle, budget)
  if (!open) return NONE
  if (budget.left <= 0) return GAVE_UP
  const literal = literalToTry(open, state, puzzle)
  if (!literal) return label(state, puzzle, budget)
  let gaveUp = false
  for (const wanted of [literal.wanted, !literal.wanted]) {
    const next = copyOf(state)
    if (!decide(literal.test, wanted, next, puzzle)) continue
    const solution = search(open, next, puzzle, budget)
    if (solution.kind === 'found') return solution
    gaveUp ||= solution.kind === 'gave-up'
    if (budget.left <= 0) return GAVE_UP
  }
  return gaveUp ? GAVE_UP : NONE
}

/** All formulas hold by what was decided; what is left is to find values that bear the decided tests out. */
function label(state: State, puzzle: Puzzle, budget: Budget): Solution {
  const open = [...state.decided].find(
    ([test, wanted]) => statusOf(puzzle.tests[test]!, state, puzzle) !== wanted,
  )
  if (!open) return { kind: 'found', values: state.domains.map(firstBit) }
  const test = puzzle.tests[open[0]]!
  const variables = test.kind === 'one' ? [test.variable] : test.variables
  const variable = variables.find(each => !isSingle(state.domains[each]!))
  if (variable === undefined) return NONE
  const value = firstBit(state.domains[variable]!)
  for (const isTaken of [true, false]) {
    if (budget.left-- <= 0) return GAVE_UP
    const next = copyOf(state)
    const domain = next.domains[variable]!
    next.domains[variable] = isTaken
      ? bitsOf(domain.length * 32, each => each === value)
      : without(domain, value)
    const solution = propagate([], next, puzzle, budget) ? label(next, puzzle, budget) : NONE
    if (solution.kind !== 'none') return solution
  }
  return NONE
}

function copyOf({ domains, decided }: State): State {
  return { domains: [...domains], decided: new Map(decided) }
}

/** Narrows until nothing changes. The formulas that are still open; undefined when one cannot hold. */
function propagate(
  formulas: readonly Formula[],
  state: State,
  puzzle: Puzzle,
  budget: Budget,
): readonly Formula[] | undefined {
  let open = formulas
  for (;;) {
    const before = [...state.domains]
    const decidedBefore = state.decided.size
    const left: Formula[] = []
    for (const formula of open) {
      const outcome = force(formula, state, puzzle, budget)
      if (outcome === false) return undefined
      if (outcome === undefined) left.push(formula)
    }
    for (const [test, wanted] of state.decided) {
      if (!bearOut(puzzle.tests[test]!, wanted, state)) return undefined
    }
    open = left
    const isSame =
      state.decided.size === decidedBefore &&
      state.domains.every((domain, variable) => domain === before[variable])
    if (isSame || budget.left <= 0) return open
  }
}

/** Makes a formula hold where there is one way only. True when it holds, false when it cannot. */
function force(formula: Formula, state: State, puzzle: Puzzle, budget: Budget): boolean | undefined {
  if (formula.kind === 'test') return decide(formula.test, formula.wanted, state, puzzle)
  if (formula.kind === 'all') {
    let outcome: boolean | undefined = true
    for (const part of formula.parts) {
      const forced = force(part, state, puzzle, budget)
      if (forced === false) return false
      if (forced === undefined) outcome = undefined
    }
    return outcome
  }
  let only: Formula | undefined
  let count = 0
  for (const part of formula.parts) {
    const status = formulaStatus(part, state, puzzle, budget)
    if (status === true) return true
    if (status === undefined) {
      only = part
      if (++count > 1) return undefined
    }
  }
  return only ? force(only, state, puzzle, budget) : false
}

function formulaStatus(formula: Formula, state: State, puzzle: Puzzle, budget: Budget): boolean | undefined {
  if (formula.kind === 'test') {
    budget.left--
    const status = state.decided.get(formula.test) ?? statusOf(puzzle.tests[formula.test]!, state, puzzle)
    return status === undefined ? undefined : status === formula.wanted
  }
  const settling = formula.kind === 'any'
  let isOpen = false
  for (const part of formula.parts) {
    const status = formulaStatus(part, state, puzzle, budget)
    if (status === settling) return settling
    if (status === undefined) isOpen = true
  }
  return isOpen ? undefined : !settling
}

/** How a test comes out whatever values are left; undefined where that depends. */
function statusOf(test: Test, { domains }: State, puzzle: Puzzle): boolean | undefined {
  if (test.kind === 'one') {
    const domain = domains[test.variable]!
    const canHold = meets(domain, test.holds, true)
    return canHold === meets(domain, test.holds, false) ? undefined : canHold
  }
  if (test.kind === 'many') return statusOfMany(test, domains, puzzle)
  const [a, b] = test.variables
  let canHold = false
  let canFail = false
  for (const value of members(domains[a]!)) {
    const row = test.holds[0][value]!
    canHold ||= meets(domains[b]!, row, true)
    canFail ||= meets(domains[b]!, row, false)
    if (canHold && canFail) return undefined
  }
  return canHold
}

function statusOfMany(
  test: Test & { kind: 'many' },
  domains: readonly Bits[],
  { sizes }: Puzzle,
): boolean | undefined {
  if (!test.variables.every(variable => isSingle(domains[variable]!))) return undefined
  const values = sizes.map((_, variable) => firstBit(domains[variable]!))
  return test.holds(values)
}

/** Decides how a test comes out. False when it cannot. */
function decide(index: number, wanted: boolean, state: State, puzzle: Puzzle): boolean {
  const test = puzzle.tests[index]!
  if (test.kind !== 'one') {
    const known = state.decided.get(index)
    if (known !== undefined) return known === wanted
    state.decided.set(index, wanted)
  }
  return bearOut(test, wanted, state)
}

/** Leaves only the values with which a test can come out as decided. False when there are none. */
function bearOut(test: Test, wanted: boolean, { domains }: State): boolean {
  if (test.kind === 'many') return true
  if (test.kind === 'one') {
    const left = narrowed(domains[test.variable]!, test.holds, wanted)
    domains[test.variable] = left
    return !isEmpty(left)
  }
  for (const side of [0, 1] as const) {
    const variable = test.variables[side]
    const other = domains[test.variables[1 - side]!]!
    const domain = domains[variable]!
    const lost = members(domain).filter(value => !meets(other, test.holds[side][value]!, wanted))
    if (lost.length > 0) domains[variable] = lost.reduce(without, domain)
    if (isEmpty(domains[variable]!)) return false
  }
  return true
}

/** A test whose outcome would settle most: one of the formula with the fewest open ways. */
function literalToTry(
  open: readonly Formula[],
  state: State,
  puzzle: Puzzle,
): { test: number; wanted: boolean } | undefined {
  for (const formula of open) {
    const literal = openLiteral(formula, state, puzzle)
    if (literal) return literal
  }
  return undefined
}

function openLiteral(
  formula: Formula,
  state: State,
  puzzle: Puzzle,
): { test: number; wanted: boolean } | undefined {
  if (formula.kind !== 'test') {
    for (const part of formula.parts) {
      const literal = openLiteral(part, state, puzzle)
      if (literal) return literal
    }
    return undefined
  }
  if (state.decided.has(formula.test)) return undefined
  return statusOf(puzzle.tests[formula.test]!, state, puzzle) === undefined ? formula : undefined
}
