import jsonLogic from 'json-logic-js'
import { missingKeys, missingSome, readVar } from './data-operators.ts'
import { operationOf } from './operation.ts'
import { operators } from './operators.ts'

// json-logic-js keeps its operators in one table for the whole process and finds `a.b` in an object `a` there.
// Ours live under one such name, so that its own `var` stays what it is for everybody else.
const NAMESPACE = 'orderloom'

const replaced: Readonly<Record<string, (this: unknown, ...args: unknown[]) => unknown>> = {
  var(path, fallback) {
    return readVar(this, path, fallback)
  },
  missing(...keys) {
    return missingKeys(this, keys)
  },
  missing_some(needed, keys) {
    return missingSome(this, needed, keys)
  },
  log: value => value,
  ...ours(),
}

function ours(): Record<string, (...args: unknown[]) => unknown> {
  const table: Record<string, (...args: unknown[]) => unknown> = {}
  for (const [name, operator] of operators) {
    if (operator.ours && operator.kind === 'value') table[name] = operator.apply
  }
  return table
}

jsonLogic.add_operation(NAMESPACE, replaced as unknown as () => unknown)

/**
 * Works a rule out with json-logic-js itself, with our own-property `var`, silent `log` and added operators.
 * The meaning the compiled closures must have; slower, for where speed does not matter.
 */
export function applyReference(rule: unknown, data: unknown): unknown {
  return jsonLogic.apply(renamed(rule) as boolean, data)
}

function renamed(rule: unknown): unknown {
  if (Array.isArray(rule)) return rule.map(renamed)
  const operation = operationOf(rule)
  if (!operation) return rule
  const { name, args } = operation
  return { [Object.hasOwn(replaced, name) ? `${NAMESPACE}.${name}` : name]: args.map(renamed) }
}
