import { type RawValue, rawField, someElement, visitPath } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import type { DocumentTest, FieldTest, MatchDetails, ValueTest } from './test.ts'

/** Looks at the values a dotted path leads to. */
export function atPath(path: string, field: FieldTest): DocumentTest {
  if (field.kind !== 'value') {
    const tests = field.tests.map(test => atPath(path, test))
    if (field.kind === 'and') return every(tests)
    const inner = every(tests)
    return (bytes, at) => !inner(bytes, at)
  }
  const { test, entersArrays } = field
  if (!path.includes('.')) return atName(path, test, entersArrays)
  const segments = path.split('.')
  return (bytes, at, details) =>
    visitPath(bytes, at, segments, (value, position) => holds(test, value, position, details), entersArrays)
}

/** Looks at an array element itself. */
export function atElement(field: FieldTest): ValueTest {
  if (field.kind === 'value') return field.test
  const tests = field.tests.map(atElement)
  if (field.kind === 'and') return (value, details) => tests.every(test => test(value, details))
  return value => !tests.every(test => test(value))
}

/** Whether all conditions hold. */
export function every(tests: readonly DocumentTest[]): DocumentTest {
  if (tests.length === 1) return tests[0]!
  return (bytes, at, details) => {
    for (const test of tests) if (!test(bytes, at, details)) return false
    return true
  }
}

function atName(name: string, test: ValueTest, entersArrays: boolean): DocumentTest {
  return (bytes, at, details) => {
    const value = rawField(bytes, name, at)
    if (value?.type !== TYPE.array || !entersArrays) return test(value, details)
    return (
      someElement(bytes, value.start, (element, index) => holds(test, element, index, details)) ||
      test(value, details)
    )
  }
}

/** The outermost array decides the position: it overrides what the test itself has found further inside. */
function holds(
  test: ValueTest,
  value: RawValue | undefined,
  position: number,
  details: MatchDetails | undefined,
): boolean {
  if (!test(value, details)) return false
  if (details && position >= 0) details.position = position
  return true
}
