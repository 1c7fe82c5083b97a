import { kindOf } from '../../server/workflow/logic/operand.ts'
import type { Choice } from './catalog.ts'
import { comparisonsFor, likeliest, withComparison } from './comparisons.ts'
import type { Typed } from './subject-type.ts'
import { type Each, emptyTree, type Group, type Line, newId, type RuleNode } from './tree.ts'

/** The line a choice begins; a field of a list's entries is asked of at least one of them. */
export function begun(choice: Choice): RuleNode {
  const { list, subject, typed } = choice
  const line: Line | undefined = subject && {
    kind: 'line',
    id: newId(),
    left: subject,
    op: likeliest(typed),
    right: [],
  }
  if (list === undefined) return line ?? { kind: 'line', id: newId(), right: [] }
  const each: Each = {
    kind: 'each',
    id: newId(),
    quantifier: 'some',
    list,
    inner: { ...emptyTree(), parts: line ? [line] : [] },
  }
  return each
}

/** A line about something else: comparison and values stay where they still make sense. */
export function about(line: Line, choice: Choice, before: Typed | undefined): Line | undefined {
  const { subject, typed } = choice
  if (!subject || choice.list !== undefined) return undefined
  const { source: _, strict: __, ...rest } = line
  const isAlike = before !== undefined && kindOf(before.type) === kindOf(typed.type)
  const isSameUnit = isAlike && before.type === typed.type && before.unit?.en === typed.unit?.en
  const op = isAlike && line.op && comparisonsFor(typed).includes(line.op) ? line.op : likeliest(typed)
  const moved: Line = { ...rest, left: subject }
  return isSameUnit ? withComparison(moved, op) : { ...moved, op, right: [] }
}

/** Where the keyboard goes on in a part: its first line, or the empty list of conditions it begins with. */
export function lineOf(node: RuleNode): RuleNode {
  if (node.kind === 'each') return lineOf(node.inner)
  const [first] = node.kind === 'group' ? node.parts : []
  return first ? lineOf(first) : node
}

export function withPart(group: Group, part: RuleNode): Group {
  const { source: _, ...rest } = group
  return { ...rest, parts: [...group.parts, part] }
}

/** A group of its own, joined the other way than the one around it. */
export function subgroup(around: Group, part: RuleNode): Group {
  return { kind: 'group', id: newId(), join: around.join === 'all' ? 'any' : 'all', parts: [part] }
}
