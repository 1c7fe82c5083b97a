import { allOf, anyOf } from './chains.ts'
import { comparisons, type Evaluate } from './comparisons.ts'
import { missingKeys, missingSome, readVar } from './data-operators.ts'
import { eachOperators } from './each.ts'
import { firstHit } from './first-hit.ts'
import { assertSize } from './limits.ts'
import { LogicError } from './logic-error.ts'
import { operationOf } from './operation.ts'
import type { ValueOperator } from './operator.ts'
import { operators } from './operators.ts'
import { type PathReader, pathReader, splitPath } from './own.ts'
import { isScalar, truthy } from './values.ts'

/** A compiled part; `constant` where it is the same for all data, `list` where it is a list of constants. */
interface Code {
  readonly run: Evaluate
  readonly constant?: { readonly value: unknown }
  readonly list?: readonly unknown[]
}

// Beyond this many entries a Set finds a value faster than a walk through the list.
const LONG_LIST = 8

/**
 * Compiles a JsonLogic rule to closures: `compileLogic({'>': [{var: 'qty'}, 1]})({qty: 2})` → true.
 * Gives what json-logic-js gives, except that `var` reads own properties only and `log` is silent.
 * As there, an unknown operator throws when it is reached; `checkLimits` finds it beforehand.
 *
 * @param reader makes what reads the paths: `siteReader` for rules that are kept and worked out for every order
 * @throws LogicError when the rule is too deep or too large to be compiled
 * @see https://jsonlogic.com/operations.html
 */
export function compileLogic(rule: unknown, reader: PathReader = pathReader): Evaluate {
  assertSize(rule)
  return compile(rule, reader).run
}

function compile(rule: unknown, reader: PathReader): Code {
  if (Array.isArray(rule)) return compileList(rule, reader)
  const operation = operationOf(rule)
  if (!operation) return constant(rule)
  const args = operation.args.map(arg => compile(arg, reader))
  if (operation.name === 'var') return compileVar(args, reader)
  const special = specials.get(operation.name)
  if (special) return special(args)
  const each = eachOperators.get(operation.name)
  if (each) return { run: each(argument(args, 0).run, argument(args, 1).run, args[2]?.run) }
  const operator = operators.get(operation.name)
  if (operator?.kind !== 'value') return { run: unknownOperator(operation.name, args) }
  return fold(operator, args) ?? { run: comparison(operation.name, args) ?? application(operator, args) }
}

function constant(value: unknown): Code {
  return { run: () => value, constant: { value } }
}

function argument(args: readonly Code[], index: number): Code {
  return args[index] ?? constant(undefined)
}

/** A list is made anew each time, so that no two evaluations share one. */
function compileList(rule: readonly unknown[], reader: PathReader): Code {
  const entries = rule.map(entry => compile(entry, reader))
  const run: Evaluate = data => entries.map(entry => entry.run(data))
  if (!entries.every(entry => entry.constant)) return { run }
  return { run, list: entries.map(entry => entry.constant?.value) }
}

/** The value of an operator whose arguments are all constants, when that is a plain value. */
function fold(operator: ValueOperator, args: readonly Code[]): Code | undefined {
  if (!args.every(arg => arg.constant ?? arg.list)) return undefined
  try {
    const value = operator.apply(...args.map(arg => arg.run(undefined)))
    return isScalar(value) ? constant(value) : undefined
  } catch {
    // It throws for these constants whatever the data: left to do so when it is reached.
    return undefined
  }
}

function comparison(name: string, args: readonly Code[]): Evaluate | undefined {
  const closures = comparisons.get(name)
  if (!closures || args.length > 2) return undefined
  const left = argument(args, 0).run
  const right = argument(args, 1)
  return right.constant ? closures.constant(left, right.constant.value) : closures.parts(left, right.run)
}

function application(operator: ValueOperator, args: readonly Code[]): Evaluate {
  const { apply } = operator
  const first = args[0]?.run
  const second = args[1]?.run
  if (!first) return () => apply()
  if (!second) return data => apply(first(data))
  if (args.length === 2) return data => apply(first(data), second(data))
  return data => apply(...args.map(arg => arg.run(data)))
}

function unknownOperator(name: string, args: readonly Code[]): Evaluate {
  return data => {
    for (const arg of args) arg.run(data)
    throw new LogicError('UNKNOWN_OPERATOR', `Unrecognized operation ${name}`)
  }
}

type Compiler = (args: readonly Code[]) => Code

const specials: ReadonlyMap<string, Compiler> = new Map<string, Compiler>([
  ['missing', args => ({ run: data => missingKeys(data, runAll(args, data)) })],
  ['missing_some', args => ({ run: data => missingSomeOf(data, runAll(args, data)) })],
  ['if', compileIf],
  ['?:', compileIf],
  ['and', args => compileChain(args, value => !truthy(value), allOf)],
  ['or', args => compileChain(args, truthy, anyOf)],
  ['in', compileIn],
])

function runAll(args: readonly Code[], data: unknown): unknown[] {
  return args.map(arg => arg.run(data))
}

function compileVar(args: readonly Code[], reader: PathReader): Code {
  const path = argument(args, 0)
  const fallback = argument(args, 1)
  if (!path.constant || !isScalar(path.constant.value) || !fallback.constant || args.length > 2) {
    return { run: data => readVarOf(data, runAll(args, data)) }
  }
  const parts = splitPath(path.constant.value)
  if (parts.length === 0) return { run: data => data }
  return { run: reader(parts, fallback.constant.value ?? null) }
}

function readVarOf(data: unknown, [path, fallback]: readonly unknown[]): unknown {
  return readVar(data, path, fallback)
}

function missingSomeOf(data: unknown, [needed, keys]: readonly unknown[]): unknown[] {
  return missingSome(data, needed, keys)
}

/** `if` and any number of `else if`; tests that are constants are settled here. */
function compileIf(args: readonly Code[]): Code {
  const tests: Evaluate[] = []
  const branches: Evaluate[] = []
  let otherwise = constant(null)
  for (let at = 0; at < args.length; at += 2) {
    const [test, then] = [argument(args, at), args[at + 1]]
    if (!then || (test.constant && truthy(test.constant.value))) {
      otherwise = then ?? test
      break
    }
    if (test.constant) continue
    tests.push(test.run)
    branches.push(then.run)
  }
  const [test, ...more] = tests
  if (!test) return otherwise
  const last = otherwise.run
  const then = branches[0]!
  if (more.length === 0) return { run: data => (truthy(test(data)) ? then(data) : last(data)) }
  const hit = firstHit(tests)
  return {
    run: data => {
      const at = hit(data)
      return at === -1 ? last(data) : branches[at]!(data)
    },
  }
}

/** `and` and `or`, without the constants that change nothing and what comes after one that settles it. */
function compileChain(
  args: readonly Code[],
  settles: (value: unknown) => boolean,
  join: (parts: readonly Evaluate[]) => Evaluate,
): Code {
  const parts: Code[] = []
  for (const [index, arg] of args.entries()) {
    const settled = arg.constant && settles(arg.constant.value)
    if (arg.constant && !settled && index < args.length - 1) continue
    parts.push(arg)
    if (settled) break
  }
  const [first, second] = parts
  if (!first) return constant(undefined)
  return second ? { run: join(parts.map(({ run }) => run)) } : first
}

/** Membership in a list of constants is looked up; anything else goes by the table. */
function compileIn(args: readonly Code[]): Code {
  const operator = operators.get('in') as ValueOperator
  const folded = fold(operator, args)
  if (folded) return folded
  const list = argument(args, 1).list
  if (!list || args.length > 2) return { run: application(operator, args) }
  const needle = argument(args, 0).run
  if (list.length <= LONG_LIST) return { run: data => list.indexOf(needle(data)) !== -1 }
  const known = new Set(list)
  return {
    run: data => {
      const value = needle(data)
      // A Set finds NaN, `indexOf` does not.
      return known.has(value) && !Number.isNaN(value)
    },
  }
}
