import type { FieldSpec } from '../field.ts'
import { variablesOf } from '../logic/variables.ts'
import { sampleLists } from './sample-lists.ts'
import { sampleNumbers } from './sample-numbers.ts'
import { sampleTexts } from './sample-texts.ts'
import type { TestShape } from './test-shape.ts'

/** A field the rows read, with the values it is tried with. */
export interface Subject {
  readonly path: string
  readonly field: FieldSpec | undefined
  /** The plainest first. */
  readonly values: readonly unknown[]
  /** True where every case the tests of known shape could tell apart is among the values. */
  readonly isExact: boolean
}

/** A test with the fields it reads. */
export interface ReadTest {
  readonly rule: unknown
  readonly shape: TestShape
  readonly paths: readonly string[]
}

const DAY_MS = 86_400_000
const NUMBERS: ReadonlySet<string> = new Set(['number', 'money', 'duration'])

/** The fields a test reads, as those of the list where it reads entries or the length of one. */
export function ownersRead(rule: unknown, fields: readonly FieldSpec[]): readonly string[] {
  const paths = variablesOf(rule).map(path => path.split('[]')[0]!.replace(/\.$/, ''))
  return [...new Set(paths.map(path => ownerOf(path, fields)?.path ?? path))]
}

function ownerOf(path: string, fields: readonly FieldSpec[]): FieldSpec | undefined {
  const exact = fields.find(field => field.path === path)
  if (exact) return exact
  return fields.find(field => !field.open && field.type !== 'object' && path.startsWith(`${field.path}.`))
}

/** The fields of all tests, each with values for every case. Fields compared with one another share theirs. */
export function subjectsOf(tests: readonly ReadTest[], fields: readonly FieldSpec[]): readonly Subject[] {
  const paths = [...new Set(tests.flatMap(test => test.paths))]
  const groups = groupsOf(paths, tests)
  return paths.map(path => {
    const group = groups.get(path)!
    const field = fields.find(each => each.path === path)
    return subjectOf(path, field, group, tests)
  })
}

/** Fields that are compared with one another, directly or through others. */
function groupsOf(
  paths: readonly string[],
  tests: readonly ReadTest[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map(paths.map(path => [path, new Set([path])]))
  for (const { shape } of tests) {
    if (shape.kind !== 'compare' || shape.paths.length < 2) continue
    const merged = new Set(shape.paths.flatMap(path => [...(groups.get(path) ?? [])]))
    for (const path of merged) groups.set(path, merged)
  }
  return groups
}

function subjectOf(
  path: string,
  field: FieldSpec | undefined,
  group: ReadonlySet<string>,
  tests: readonly ReadTest[],
): Subject {
  const reading = tests.filter(test => test.paths.some(each => group.has(each)))
  const constants = reading.flatMap(({ shape }) =>
    shape.kind === 'compare' || shape.kind === 'opaque' ? shape.constants : [],
  )
  const type = field?.type ?? guessedType(constants)
  const empty = field?.optional ? [null] : []
  const made = (values: readonly unknown[], isExact = true): Subject => ({
    path,
    field,
    values: [...values, ...empty],
    isExact,
  })
  if (type === 'boolean') return made([false, true])
  if (NUMBERS.has(type)) return made(numbersFor(field, constants, group.size))
  if (type === 'instant') return made(instantsFor(constants, group.size))
  if (type === 'list') return made(sampleLists(field, constants), false)
  if (type !== 'string') return made([null], false)
  const { values, isComplete } = textsFor(path, field, constants, reading, group.size)
  return made(values, isComplete)
}

function guessedType(constants: readonly unknown[]): FieldSpec['type'] {
  if (constants.some(each => typeof each === 'number')) return 'number'
  return constants.some(each => typeof each === 'string') ? 'string' : 'boolean'
}

function numbersFor(
  field: FieldSpec | undefined,
  constants: readonly unknown[],
  room: number,
): readonly number[] {
  const numbers = constants.filter(each => typeof each === 'number')
  // Amounts and counted things do not go below nothing, unless a rule itself thinks so.
  const counts = field?.type === 'money' || field?.type === 'duration' || field?.unit !== undefined
  const least = counts && numbers.every(each => each >= 0) ? 0 : undefined
  const isWhole = field?.type === 'money' || field?.type === 'duration' || field?.unit?.en === 'pcs'
  // Nothing counts as false, so it is a case of its own.
  return sampleNumbers({ constants: [...numbers, 0], least, step: isWhole ? 'whole' : 'any', room })
}

function instantsFor(constants: readonly unknown[], room: number): readonly Date[] {
  const days = constants.filter(each => typeof each === 'number').sort((a, b) => a - b)
  const first = days[0] ?? Date.UTC(2026, 0, 1)
  const last = days.at(-1) ?? first
  const steps = Array.from({ length: room }, (_, index) => (index + 1) * DAY_MS)
  const inside = days.flatMap((from, index) => {
    const to = days[index + 1]
    if (to === undefined) return []
    return steps.map((_, count) => Math.floor(from + ((to - from) * (count + 1)) / (room + 1)))
  })
  const all = [
    ...steps.map(step => first - step),
    ...inside,
    ...steps.map(step => last + step),
    first,
    ...days,
  ]
  return [...new Set(all)].map(ms => new Date(ms))
}

function textsFor(
  path: string,
  field: FieldSpec | undefined,
  constants: readonly unknown[],
  tests: readonly ReadTest[],
  room: number,
) {
  const texts = tests.flatMap(({ shape }) => (shape.kind === 'text' && shape.path === path ? [shape] : []))
  const of = (how: string) => texts.filter(text => text.how === how).flatMap(text => text.texts)
  return sampleTexts({
    whole: constants.filter(each => typeof each === 'string'),
    parts: of('part'),
    starts: of('start'),
    ends: of('end'),
    usual: (field?.options ?? []).map(({ value }) => value),
    room,
  })
}
