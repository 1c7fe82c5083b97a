import { followPath, visitPath } from '../bson/path.ts'
import type { RawValue } from '../bson/raw.ts'
import { TYPE } from '../bson/types.ts'
import type { DocumentTest, FieldTest, MatchDetails, ValueTest } from './condition.ts'

/** Looks at the values a dotted path leads to. */
export function atPath(path: string, field: FieldTest): DocumentTest {
  if (field.kind !== 'value') {
    const tests = field.tests.map(test => atPath(path, test))
    if (field.kind === 'and') return every(tests)
    const inner = every(tests)
    return (bytes, at) => !inner(bytes, at)
  }
  const { test, entersArrays } = field
  const segments = path.split('.')
  return (bytes, at, details) => {
    const value = followPath(bytes, at, segments)
    if (value?.type !== TYPE.array) return test(value, details)
    return visitPath(bytes, at, {
      path: segments,
      entersLastArray: entersArrays,
      visit(found, position) {
        return holds(test, found, position, details)
      },
    })
  }
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
