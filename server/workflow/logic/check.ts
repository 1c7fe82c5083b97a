import type { FieldSpec } from '../field.ts'
import { zoneOffset } from '../zone.ts'
import { checkComparison, checkMembership, constantOperand } from './check-pairs.ts'
import { contradictions } from './contradiction.ts'
import { emptyTraps } from './empty-trap.ts'
import { constantPath, findField, rootScope, scopeInLoop } from './field-scope.ts'
import { toInstantMs } from './instants.ts'
import { checkLimits } from './limits.ts'
import { kindOf, mismatch, type Operand } from './operand.ts'
import { type Operation, operationOf } from './operation.ts'
import type { OperandType } from './operator.ts'
import { operators } from './operators.ts'
import { below, type RuleProblem } from './rule-problem.ts'
import { typeGiven } from './type-given.ts'
import { type FieldElsewhere, type Sight, unknownField } from './unknown-field.ts'

interface Checking extends Sight {
  readonly problems: RuleProblem[]
}

/**
 * Everything wrong with a condition over the given fields: what `checkLimits` finds, fields that are not there,
 * operators that do not go with their operands, conditions that never or always hold, and empty values that
 * would count as 0.
 *
 * @param elsewhere fields of other places in the workflow, for a better word on why they are not here
 */
export function checkCondition(
  rule: unknown,
  fields: readonly FieldSpec[],
  elsewhere: readonly FieldElsewhere[] = [],
): readonly RuleProblem[] {
  const unfit = checkLimits(rule)
  if (unfit.length > 0) return unfit
  const root = rootScope(fields)
  const checking: Checking = { scope: root, root, elsewhere, problems: [] }
  operandOf(rule, '', checking)
  // What is wrong in itself would only be told a second time in other words.
  if (checking.problems.some(({ severity }) => severity === 'error')) return checking.problems
  return [...checking.problems, ...contradictions(rule, root), ...emptyTraps(rule, root)]
}

/** What a part gives; the problems inside it are noted on the way. */
function operandOf(rule: unknown, at: string, checking: Checking): Operand {
  const { scope } = checking
  if (Array.isArray(rule)) {
    for (const [index, entry] of rule.entries()) operandOf(entry, below(at, index), checking)
    return { rule, at, scope, type: 'list', isConstant: false }
  }
  const operation = operationOf(rule)
  if (!operation) return constantOperand(rule, { at, scope })
  const { name } = operation
  if (name === 'var') return variable(rule, operation, at, checking)
  if (name === 'missing' || name === 'missing_some') checkKeys(operation, at, checking)
  const args = argumentsOf(operation, at, checking)
  checking.problems.push(...argumentProblems(name, args, at))
  return { rule, at, scope, ...typeGiven(name, args), isConstant: false }
}

function argumentsOf({ name, args }: Operation, at: string, checking: Checking): readonly Operand[] {
  const isLoop = operators.get(name)?.kind === 'each'
  return args.map((arg, index) => {
    const scope = isLoop && index === 1 ? scopeInLoop(name, args[0], checking.scope) : checking.scope
    return operandOf(arg, below(at, name, index), { ...checking, scope })
  })
}

function argumentProblems(name: string, args: readonly Operand[], at: string): readonly RuleProblem[] {
  const takes = operators.get(name)?.takes ?? []
  if (takes[0] === 'same') return checkComparison(name, args, at)
  if (name === 'in') return checkMembership(args, at)
  // `has_any` looks through a list or through a text.
  const wanted: readonly OperandType[] = name === 'has_any' && args[0]?.type !== 'string' ? ['list'] : takes
  return args.flatMap((arg, index) =>
    checkType(name, wanted[Math.min(index, wanted.length - 1)] ?? 'any', arg),
  )
}

function checkType(name: string, wanted: OperandType, arg: Operand): readonly RuleProblem[] {
  if (name === 'instant' && arg.isConstant && typeof arg.rule === 'string')
    return checkInstant(arg.rule, arg.at)
  if (wanted === 'string' && operators.get(name)?.shown && arg.isConstant && typeof arg.rule === 'string')
    return checkZone(arg.rule, arg.at)
  if (wanted === 'any' || wanted === 'same') return []
  const kind = kindOf(arg.type)
  if (wanted === 'list' && arg.type === 'null') return [mismatch(arg, wanted, name)]
  if (kind === 'any' || kind === kindOf(wanted)) return []
  // One instant less another is the time between them.
  if (name === '-' && kind === 'instant') return []
  return [mismatch(arg, wanted, name)]
}

function checkInstant(text: string, at: string): readonly RuleProblem[] {
  if (!Number.isNaN(toInstantMs(text))) return []
  const message = {
    zh: `「${text}」不是完整的时间，应写成 2024-06-18T10:00:00+08:00`,
    en: `"${text}" is no complete instant; write it as 2024-06-18T10:00:00+08:00`,
  }
  return [{ code: 'NOT_AN_INSTANT', severity: 'error', message, at }]
}

function checkZone(zone: string, at: string): readonly RuleProblem[] {
  if (zoneOffset(zone)) return []
  const message = {
    zh: `没有时区「${zone}」，例如 Asia/Shanghai 或 +08:00`,
    en: `There is no time zone "${zone}"; try Asia/Shanghai or +08:00`,
  }
  return [{ code: 'UNKNOWN_ZONE', severity: 'error', message, at }]
}

function variable(rule: unknown, { args }: Operation, at: string, checking: Checking): Operand {
  const { scope, problems } = checking
  const unknown: Operand = { rule, at, scope, type: 'any', isConstant: false }
  const path = constantPath(rule)
  if (path === undefined) {
    const message = {
      zh: '条件要写明读哪个字段，不能由数据来决定',
      en: 'A condition names the fields it reads; they cannot depend on the data',
    }
    problems.push({ code: 'FIELD_NOT_NAMED', severity: 'error', message, at })
    return unknown
  }
  const found = findField(path, scope)
  if (!found) {
    problems.push(unknownField(path, at, checking))
    return unknown
  }
  const read: Operand = { ...unknown, ...found }
  if (args.length > 1)
    problems.push(...checkFallback(read, operandOf(args[1], below(at, 'var', 1), checking)))
  return read
}

/** What stands in for an absent field must be of its kind. */
function checkFallback(read: Operand, fallback: Operand): readonly RuleProblem[] {
  const [kind, other] = [kindOf(read.type), kindOf(fallback.type)]
  return kind === 'any' || other === 'any' || kind === other || read.type === 'any'
    ? []
    : [mismatch(fallback, read.type, 'var')]
}

/** The keys `missing` asks for are fields too. */
function checkKeys({ args }: Operation, at: string, checking: Checking): void {
  const { scope, problems } = checking
  for (const key of args.flat()) {
    if (typeof key === 'string' && !findField(key, scope)) problems.push(unknownField(key, at, checking))
  }
}
