import type { Text } from '../text.ts'
import { type Demand, demandsOf, isFeasible } from './demands.ts'
import { explainCondition } from './explain.ts'
import type { FieldScope } from './field-scope.ts'
import { holdsWhenEmpty } from './holds.ts'
import { operationOf } from './operation.ts'
import { below, type RuleProblem } from './rule-problem.ts'
import { variablesOf } from './variables.ts'

/** What is known of a condition without data, and the parts of it that make it so. */
interface Verdict {
  readonly holds: boolean
  readonly because: readonly unknown[]
}

/**
 * Parts that can never hold, or always do, where that is easy to see: constants, a field held against itself,
 * bounds on one field that exclude or cover everything. The plain `true` of an "otherwise" row is not meant.
 */
export function contradictions(rule: unknown, scope: FieldScope): readonly RuleProblem[] {
  return judge(rule, '', scope)
}

function judge(rule: unknown, at: string, scope: FieldScope): readonly RuleProblem[] {
  const operation = operationOf(rule)
  if (!operation)
    return rule === false && at === '' ? [tell({ holds: false, because: [rule] }, at, scope)] : []
  const verdict = verdictOf(rule)
  if (verdict) return [tell(verdict, at, scope)]
  if (operation.name !== 'and' && operation.name !== 'or') return []
  return operation.args.flatMap((arg, index) => judge(arg, below(at, operation.name, index), scope))
}

function verdictOf(rule: unknown): Verdict | undefined {
  return (
    constantVerdict(rule) ??
    againstItself(rule) ??
    infeasible(demandsOf(rule, true), false) ??
    infeasible(demandsOf(rule, false), true)
  )
}

/** A rule that reads nothing comes out the same for every order. */
function constantVerdict(rule: unknown): Verdict | undefined {
  const operation = operationOf(rule)
  const [, list] = operation?.args ?? []
  const isEmptyList = Array.isArray(list) && list.length === 0
  if (isEmptyList && (operation?.name === 'in' || operation?.name === 'has_any'))
    return { holds: false, because: [rule] }
  return variablesOf(rule).length === 0 ? { holds: holdsWhenEmpty(rule), because: [rule] } : undefined
}

const OF_ITSELF: Readonly<Record<string, boolean>> = {
  '==': true,
  '===': true,
  '>=': true,
  '<=': true,
  '!=': false,
  '!==': false,
  '>': false,
  '<': false,
}

function againstItself(rule: unknown): Verdict | undefined {
  const operation = operationOf(rule)
  if (operation?.args.length !== 2 || !Object.hasOwn(OF_ITSELF, operation.name)) return undefined
  const [left, right] = operation.args.map(arg => JSON.stringify(arg))
  return left === right ? { holds: OF_ITSELF[operation.name] === true, because: [rule] } : undefined
}

/** Demands on one subject that cannot be met together settle the rule they come from. */
function infeasible(demands: readonly Demand[], holds: boolean): Verdict | undefined {
  const bySubject = new Map<string, Demand[]>()
  for (const demand of demands) {
    const group = bySubject.get(demand.subject)
    if (group) group.push(demand)
    else bySubject.set(demand.subject, [demand])
  }
  const clash = [...bySubject.values()].find(group => !isFeasible(group))
  return clash && { holds, because: [...new Set(clash.map(({ from }) => from))] }
}

function tell({ holds, because }: Verdict, at: string, { fields }: FieldScope): RuleProblem {
  const parts = because.map(rule => explainCondition(rule, fields))
  const isTogether = parts.length > 1
  const code = holds ? 'ALWAYS_TRUE' : 'NEVER_TRUE'
  // A part that never holds may be one of several ways; a whole condition that never holds stops everything.
  const severity = !holds && at === '' ? 'error' : 'warning'
  return {
    code,
    severity,
    at,
    message: holds ? alwaysWords(parts, isTogether) : neverWords(parts, isTogether),
  }
}

function alwaysWords(parts: readonly Text[], isTogether: boolean): Text {
  const { zh, en } = joined(parts, '」或「', '" or "')
  return {
    zh: `「${zh}」${isTogether ? '总有一个成立' : '总是成立'}，等于没有这个条件。请检查数值`,
    en: `"${en}" always holds, as if the condition were not there; check the values`,
  }
}

function neverWords(parts: readonly Text[], isTogether: boolean): Text {
  const { zh, en } = joined(parts, '」和「', '" and "')
  return isTogether
    ? {
        zh: `「${zh}」不可能同时成立，请改掉其中一个`,
        en: `"${en}" can never hold together; change one of them`,
      }
    : { zh: `「${zh}」永远不会成立，请检查数值`, en: `"${en}" can never hold; check the values` }
}

function joined(parts: readonly Text[], zh: string, en: string): Text {
  return { zh: parts.map(part => part.zh).join(zh), en: parts.map(part => part.en).join(en) }
}
