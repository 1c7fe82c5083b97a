import type { FieldSpec } from '../field.ts'
import { compileLogic } from '../logic/compile.ts'
import { truthy } from '../logic/values.ts'
import { type Bits, bitsOf } from './bits.ts'
import { type ExampleValues, exampleData } from './example.ts'
import type { TestPool } from './formula.ts'
import type { Puzzle, Test } from './solve.ts'
import { ownersRead, type ReadTest, type Subject, subjectsOf } from './subject.ts'
import { shapeOf, type TestShape } from './test-shape.ts'

/** The tests of a table over the values of their fields, once to find orders and once to prove that there are none. */
export interface TablePuzzle {
  readonly subjects: readonly Subject[]
  /** Values as they are: what is found here is an order. */
  readonly concrete: Puzzle
  /** What is not fully known may come out either way: where nothing is found here, there is no such order. */
  readonly loose: Puzzle
}

/** Most pairs of values a test on two fields is worked out for beforehand. */
const MOST_PAIRS = 250_000

export function puzzleOf({ rules }: TestPool, fields: readonly FieldSpec[]): TablePuzzle {
  const read = rules.map((rule): ReadTest => {
    const paths = ownersRead(rule, fields)
    return { rule, paths, shape: knownShape(shapeOf(rule), paths, fields) }
  })
  const subjects = subjectsOf(read, fields)
  const single = subjects.map(({ path, values }) =>
    values.map(value => exampleData(new Map([[path, value]]))),
  )
  const tests = read.map(each => testOf(each, subjects, single))
  const sizes = subjects.map(({ values }) => values.length)
  const loose = loosened(tests, sizes, index => isExact(read[index]!, subjects))
  return { subjects, concrete: { sizes, tests }, loose }
}

/** The values of a solution as the fields of an order. */
export function exampleOf(values: readonly number[], subjects: readonly Subject[]): ExampleValues {
  return new Map(subjects.map((subject, index) => [subject.path, subject.values[values[index]!]]))
}

/** The cases of a test are known only where constants and fields are of one type. */
function knownShape(shape: TestShape, owners: readonly string[], fields: readonly FieldSpec[]): TestShape {
  if (shape.kind === 'opaque') return shape
  const paths = shape.kind === 'compare' ? shape.paths : [shape.path]
  const constants = shape.kind === 'compare' ? shape.constants : shape.kind === 'text' ? shape.texts : []
  const opaque: TestShape = { kind: 'opaque', constants }
  if (paths.some(path => !owners.includes(path))) return opaque
  const types = new Set(
    paths.flatMap(path => fields.find(field => field.path === path)?.type ?? []).map(kindOf),
  )
  const given = constants.filter(each => each !== null).map(each => typeof each)
  const [kind] = types
  if (types.size > 1 || kind === 'list' || kind === 'object') return opaque
  if (kind && given.some(type => type !== (kind === 'instant' ? 'number' : kind))) return opaque
  const isOrdered = kind === undefined || kind === 'number' || kind === 'instant'
  const isEqualInstants = kind === 'instant' && shape.kind === 'compare' && !shape.isOrder
  return (shape.kind === 'compare' && shape.isOrder && !isOrdered) || isEqualInstants ? opaque : shape
}

function kindOf(type: FieldSpec['type']): string {
  return type === 'money' || type === 'duration' ? 'number' : type
}

function isExact({ shape, paths }: ReadTest, subjects: readonly Subject[]): boolean {
  return (
    shape.kind !== 'opaque' && paths.every(path => subjects.find(subject => subject.path === path)?.isExact)
  )
}

/** @param single the data of each value of each field by itself: made once for all tests of the field */
function testOf(
  { rule, paths }: ReadTest,
  subjects: readonly Subject[],
  single: readonly (readonly unknown[])[],
): Test {
  const evaluate = compileLogic(rule)
  const holdsFor = (values: ReadonlyMap<string, unknown>) => truthy(evaluate(exampleData(values)))
  const variables = paths.map(path => subjects.findIndex(subject => subject.path === path))
  const [a, b] = variables
  const valuesOf = (variable: number) => subjects[variable]!.values
  if (a !== undefined && b === undefined) {
    const data = single[a]!
    return { kind: 'one', variable: a, holds: bitsOf(data.length, index => truthy(evaluate(data[index]))) }
  }
  if (a !== undefined && b !== undefined && paths.length === 2) {
    const [first, second] = [valuesOf(a), valuesOf(b)]
    if (first.length * second.length <= MOST_PAIRS) {
      const rows = first.map(left =>
        bitsOf(second.length, index =>
          holdsFor(
            new Map([
              [paths[0]!, left],
              [paths[1]!, second[index]],
            ]),
          ),
        ),
      )
      return { kind: 'two', variables: [a, b], holds: [rows, turned(rows, second.length)] }
    }
  }
  return {
    kind: 'many',
    variables,
    holds: chosen =>
      holdsFor(
        new Map(variables.map((variable, index) => [paths[index]!, valuesOf(variable)[chosen[variable]!]])),
      ),
  }
}

function turned(rows: readonly Bits[], count: number): readonly Bits[] {
  return Array.from({ length: count }, (_, column) =>
    bitsOf(rows.length, row => (rows[row]![column >>> 5]! & (1 << (column & 31))) !== 0),
  )
}

/** Tests whose cases are not all known become variables of their own that are true or false at will. */
function loosened(
  tests: readonly Test[],
  sizes: readonly number[],
  isKnown: (index: number) => boolean,
): Puzzle {
  const more = [...sizes]
  const free = bitsOf(2, value => value === 1)
  const loose = tests.map((test, index): Test => {
    if (isKnown(index)) return test
    return { kind: 'one', variable: more.push(2) - 1, holds: free }
  })
  return { sizes: more, tests: loose }
}
