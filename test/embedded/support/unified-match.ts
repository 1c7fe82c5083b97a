import { isDeepStrictEqual } from 'node:util'

/**
 * Whether a value is what a unified test expects, by the rules of the format ("Evaluating Matches"): documents at
 * the top may have more fields, those inside may not; `$$` operators stand for values.
 * https://github.com/mongodb/specifications/blob/master/source/unified-test-format/unified-test-format.md
 */
export function matches(expected: unknown, actual: unknown, isTop = true): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, i) => matches(item, actual[i], isTop))
    )
  if (!isDocument(expected)) return sameValue(expected, actual)
  const operator = Object.keys(expected)[0]
  if (operator?.startsWith('$$')) return matchesOperator(operator, expected[operator], actual, isTop)
  if (typeof actual !== 'object' || actual === null) return false
  const found = actual as Record<string, unknown>
  const isWhole = isTop || Object.keys(found).every(name => name in expected)
  return isWhole && Object.entries(expected).every(([name, value]) => matches(value, found[name], false))
}

function matchesOperator(operator: string, operand: unknown, actual: unknown, isTop: boolean): boolean {
  switch (operator) {
    case '$$unsetOrMatches':
      return actual === undefined || actual === null || matches(operand, actual, isTop)
    case '$$exists':
      return (actual !== undefined) === operand
    case '$$type':
      return [operand].flat().some(type => type === typeOf(actual))
    default:
      throw new Error(`the operator ${operator} of the unified test format is not known here`)
  }
}

function typeOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double'
  return value instanceof Date ? 'date' : typeof value
}

function sameValue(expected: unknown, actual: unknown): boolean {
  return isDeepStrictEqual(expected, actual) || (expected === null && actual === undefined)
}

function isDocument(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
