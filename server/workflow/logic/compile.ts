import { comparisons, type Evaluate } from './comparisons.ts'
import { missingKeys, missingSome, readVar } from './data-operators.ts'
import { eachOperators } from './each.ts'
import { assertSize } from './limits.ts'
import { LogicError } from './logic-error.ts'
import { operationOf } from './operation.ts'
import type { ValueOperator } from './operator.ts'
import { operators } from './operators.ts'
import { pathReader, splitPath } from './own.ts'
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
 * @throws LogicError when the rule is too deep or too large to be compiled
 * @see https://jsonlogic.com/operations.html
 */
export function compileLogic(rule: unknown): Evaluate {
  assertSize(rule)
  return compile(rule).run
}

function compile(rule: unknown): Code {
  if (Array.isArray(rule)) return compileList(rule)
  const operation = operationOf(rule)
  if (!operation) return constant(rule)
  const args = operation.args.map(compile)
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
function compileList(rule: readonly unknown[]): Code {
  const entries = rule.map(compile)
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
  ['var', compileVar],
  ['missing', args => ({ run: data => missingKeys(data, runAll(args, data)) })],
  ['missing_some', args => ({ run: data => missingSomeOf(data, runAll(args, data)) })],
  ['if', compileIf],
  ['?:', compileIf],
  ['and', args => compileChain(args, value => !truthy(value))],
  ['or', args => compileChain(args, truthy)],
  ['in', compileIn],
])

function runAll(args: readonly Code[], data: unknown): unknown[] {
  return args.map(arg => arg.run(data))
}

function compileVar(args: readonly Code[]): Code {
  const path = argument(args, 0)
  const fallback = argument(args, 1)
  if (!path.constant || !isScalar(path.constant.value) || !fallback.constant || args.length > 2) {
    return { run: data => readVarOf(data, runAll(args, data)) }
  }
  const parts = splitPath(path.constant.value)
  const read = pathReader(parts)
  if (parts.length === 0) return { run: read }
  const otherwise = fallback.constant.value ?? null
  return {
    run: data => {
      const value = read(data)
      return value === undefined ? otherwise : value
    },
  }
}

function readVarOf(data: unknown, [path, fallback]: readonly unknown[]): unknown {
  return readVar(data, path, fallback)
}

function missingSomeOf(data: unknown, [needed, keys]: readonly unknown[]): unknown[] {
  return missingSome(data, needed, keys)
}

function compileIf(args: readonly Code[]): Code {
  const [test, then] = args
  if (!test) return constant(null)
  if (!then) return test
  const rest = compileIf(args.slice(2))
  if (test.constant) return truthy(test.constant.value) ? then : rest
  return { run: data => (truthy(test.run(data)) ? then.run(data) : rest.run(data)) }
}

/** `and` and `or`: the first value that settles it, or else the last one. */
function compileChain(args: readonly Code[], settles: (value: unknown) => boolean): Code {
  const parts: Code[] = []
  for (const [index, arg] of args.entries()) {
    const settled = arg.constant && settles(arg.constant.value)
    if (arg.constant && !settled && index < args.length - 1) continue
    parts.push(arg)
    if (settled) break
  }
  const [first, second, third] = parts
  if (!first) return constant(undefined)
  if (!second) return first
  if (!third) {
    return {
      run: data => {
        const value = first.run(data)
        return settles(value) ? value : second.run(data)
      },
    }
  }
  const last = parts.length - 1
  return {
    run: data => {
      for (let index = 0; index < last; index++) {
        const value = parts[index]!.run(data)
        if (settles(value)) return value
      }
      return parts[last]!.run(data)
    },
  }
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
