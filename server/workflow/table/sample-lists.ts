import type { FieldSpec } from '../field.ts'
import { sampleNumbers } from './sample-numbers.ts'

const MOST_LISTS = 120
const MOST_VALUES = 12

/** Some lists to try what asks about the entries of one: empty, of one plain entry, of one or two with one thing changed. */
export function sampleLists(field: FieldSpec | undefined, constants: readonly unknown[]): readonly unknown[] {
  const entry = field?.entry
  if (!entry) return [[], ...constants.map(each => [each])]
  const plain = Object.fromEntries(entry.map(each => [each.path, plainValue(each)]))
  const changed = entry.flatMap(each =>
    valuesFor(each, constants).map(value => ({ ...plain, [each.path]: value })),
  )
  const pairs = changed.flatMap((each, index) => changed.slice(index + 1).map(other => [each, other]))
  return [[plain], [], ...changed.map(each => [each]), ...pairs].slice(0, MOST_LISTS)
}

function plainValue({ type }: FieldSpec): unknown {
  if (type === 'boolean') return false
  return type === 'string' ? 'A' : 1
}

function valuesFor({ type }: FieldSpec, constants: readonly unknown[]): readonly unknown[] {
  if (type === 'boolean') return [true]
  if (type === 'string') return constants.filter(each => typeof each === 'string').slice(0, MOST_VALUES)
  const numbers = constants.filter(each => typeof each === 'number')
  return sampleNumbers({ constants: numbers, least: 0, step: 'whole', room: 1 }).slice(0, MOST_VALUES)
}
