import { assertSize } from '../../server/workflow/logic/limits.ts'
import { operationOf } from '../../server/workflow/logic/operation.ts'
import { readLine, writeLine } from './line-rule.ts'
import { readSubject } from './operands.ts'
import { emptyTree, type Group, newId, type RuleNode, type RuleTree } from './tree.ts'

/**
 * A stored condition as the builder shows it. Nothing of it is lost: what no line can show is kept as an
 * expression, and `write(read(rule))` is the rule again.
 *
 * @param rule JsonLogic; undefined for a condition that was not given yet
 * @throws LogicError when the rule is too deep or too large
 */
export function read(rule: unknown): RuleTree {
  if (rule === undefined) return emptyTree()
  assertSize(rule)
  const node = readNode(rule)
  return node.kind === 'group' ? node : { ...emptyTree(), parts: [node] }
}

/** The JsonLogic of a condition; undefined while any part of it is unfinished. */
export function write(tree: RuleTree): unknown {
  return writeNode(tree)
}

/** The JsonLogic of one part; undefined while it is unfinished. */
export function writeNode(node: RuleNode): unknown {
  if (node.source) return node.source.rule
  if (node.kind === 'expression') return node.rule
  if (node.kind === 'line') return writeLine(node)
  if (node.kind === 'group') return writeGroup(node)
  const inner = writeNode(node.inner)
  return inner === undefined ? undefined : { [node.quantifier]: [{ var: node.list }, inner] }
}

function writeGroup({ join, negated, parts }: Group): unknown {
  const rules = parts.map(writeNode)
  const [first] = rules
  if (first === undefined || rules.includes(undefined)) return undefined
  const whole = rules.length === 1 ? first : { [join === 'all' ? 'and' : 'or']: rules }
  return negated ? { '!': [whole] } : whole
}

function readNode(rule: unknown): RuleNode {
  const id = newId()
  const line = readLine(rule)
  if (line) return { kind: 'line', id, ...line, source: { rule } }
  return readGroup(rule) ?? readEach(rule) ?? { kind: 'expression', id, rule }
}

function readGroup(rule: unknown): Group | undefined {
  const operation = operationOf(rule)
  if (!operation || operation.args.length === 0) return undefined
  const { name, args } = operation
  const source = { rule }
  if (name === 'and' || name === 'or') {
    return {
      kind: 'group',
      id: newId(),
      join: name === 'and' ? 'all' : 'any',
      parts: args.map(readNode),
      source,
    }
  }
  if (args.length !== 1 || (name !== '!' && name !== '!!')) return undefined
  const inner = readNode(args[0])
  if (inner.kind === 'expression') return undefined
  const isPlainGroup = inner.kind === 'group' && !inner.negated
  const group: Group = isPlainGroup ? inner : { ...emptyTree(), parts: [inner] }
  return { ...group, negated: name === '!', source }
}

const QUANTIFIERS = ['some', 'all', 'none'] as const

function readEach(rule: unknown): RuleNode | undefined {
  const operation = operationOf(rule)
  const quantifier = QUANTIFIERS.find(each => each === operation?.name)
  if (!operation || !quantifier || operation.args.length !== 2) return undefined
  const list = readSubject(operation.args[0])
  if (list?.kind !== 'field') return undefined
  return {
    kind: 'each',
    id: newId(),
    quantifier,
    list: list.path,
    inner: read(operation.args[1]),
    source: { rule },
  }
}
