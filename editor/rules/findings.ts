import type { FieldSpec } from '../../server/workflow/field.ts'
import { checkCondition } from '../../server/workflow/logic/check.ts'
import { operationOf } from '../../server/workflow/logic/operation.ts'
import type { RuleProblem } from '../../server/workflow/logic/rule-problem.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import { write } from './model.ts'
import type { Group, RuleNode, RuleTree } from './tree.ts'

/** What is wrong with a condition, by the part of the tree it is wrong with. */
export type Findings = ReadonlyMap<string, readonly RuleProblem[]>

/**
 * What the checker says of the condition as it stands, and what the server said that the page cannot know.
 * Where no field is in sight (a node no order comes to yet) only the server is heard.
 */
export function findingsOf(
  tree: RuleTree,
  fields: readonly FieldSpec[],
  told: readonly Problem[] = [],
): Findings {
  const rule = write(tree)
  const own = rule === undefined || fields.length === 0 ? [] : checkCondition(rule, fields)
  const others = told
    .filter(({ code, at }) => at !== undefined && !own.some(each => each.code === code))
    .map(({ code, severity, message, at = '' }): RuleProblem => ({ code, severity, message, at }))
  const findings = new Map<string, RuleProblem[]>()
  for (const problem of [...own, ...others]) {
    const { id } = nodeAt(tree, problem.at)
    findings.set(id, [...(findings.get(id) ?? []), problem])
  }
  return findings
}

/** The part a path of the written rule (`and/1/>=/0`) points into: a line, or the group around it. */
export function nodeAt(tree: RuleTree, at: string): RuleNode {
  return descend(tree, at === '' ? [] : at.split('/'))
}

function descend(node: RuleNode, path: readonly string[]): RuleNode {
  if (node.kind === 'each') {
    const isInside = path[0] === node.quantifier && path[1] === '1'
    return isInside ? descend(node.inner, path.slice(2)) : node
  }
  if (node.kind !== 'group') return node
  const rest = node.negated && path[0] === '!' ? path.slice(2) : path
  const [only] = node.parts
  if (node.parts.length === 1 && only && !hasOwnLevel(node)) return descend(only, rest)
  const part = rest[0] === 'and' || rest[0] === 'or' ? node.parts[Number(rest[1])] : undefined
  return part ? descend(part, rest.slice(2)) : node
}

/** A group of one part is written as that part alone, unless it was stored as a group. */
function hasOwnLevel({ source, negated }: Group): boolean {
  const stored = operationOf(source?.rule)
  const inner = negated ? operationOf(stored?.args[0]) : stored
  return inner?.name === 'and' || inner?.name === 'or'
}
