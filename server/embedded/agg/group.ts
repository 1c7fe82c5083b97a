import type { Document } from 'bson'
import { beginDocument, byteWriter, endDocument, writeElement, written } from '../bson/byte-writer.ts'
import { isDocument } from '../bson/document.ts'
import { encodeRaw } from '../bson/key.ts'
import { inexactPart, isNumber, nearestDouble } from '../bson/number.ts'
import { asBuffer, type RawValue, readInt32 } from '../bson/raw.ts'
import { detached, rawOf } from '../bson/raw-value.ts'
import { CLASS, classOf, TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import { ACCUMULATORS, type Accumulator } from './accumulators.ts'
import { compileExpression, type Expression, type Variables } from './expression.ts'
import { libraryAccumulator } from './library-accumulator.ts'
import type { Row } from './row.ts'

/** A field of the result: how to gather it, group by group. */
export interface Output {
  readonly name: string
  readonly start: () => RowAccumulator
}

/** Gathers rows rather than values. */
export interface RowAccumulator {
  add(row: Row): void
  result(): RawValue | undefined
}

interface Group {
  readonly id: RawValue
  readonly accumulators: RowAccumulator[]
}

const NULL = rawOf(null)

/** Documents on their way into groups. */
export interface Grouping {
  add(raw: Uint8Array): void
  /** One document per distinct `_id`, in order of first appearance. */
  result(): Uint8Array[]
}

/** Compiles `$group`; the result has one document per distinct `_id`, in order of first appearance. */
export function compileGroup(
  spec: unknown,
  variables: Variables,
): (documents: Iterable<Uint8Array>) => Uint8Array[] {
  const start = compileGrouping(spec, variables)
  return documents => grouped(documents, start())
}

/** Compiles `$group` for documents that come one after the other: only the groups are kept. */
export function compileGrouping(spec: unknown, variables: Variables): () => Grouping {
  if (!isDocument(spec)) throw locationError(15947, "a group's fields must be specified in an object")
  if (!Object.hasOwn(spec, '_id')) throw locationError(15955, 'a group specification must include an _id')
  const { _id, ...fields } = spec
  const idOf = compileExpression(_id, variables)
  const outputs = compileOutputs(fields, variables)
  return () => startGrouping(idOf, outputs)
}

/** Compiles the fields of a group, each an accumulator. */
export function compileOutputs(fields: Document, variables: Variables): Output[] {
  return Object.entries(fields).map(([name, field]) => compileOutput(name, field, variables))
}

/** One document per distinct id, in order of first appearance. */
export function groupRows(
  documents: Iterable<Uint8Array>,
  idOf: Expression,
  outputs: readonly Output[],
): Uint8Array[] {
  return grouped(documents, startGrouping(idOf, outputs))
}

function grouped(documents: Iterable<Uint8Array>, grouping: Grouping): Uint8Array[] {
  for (const raw of documents) grouping.add(raw)
  return grouping.result()
}

function startGrouping(idOf: Expression, outputs: readonly Output[]): Grouping {
  const groups = new Map<string | number, Group>()
  return {
    add(raw) {
      const row: Row = { raw }
      const id = idOf(row) ?? NULL
      const key = groupKey(id)
      let group = groups.get(key)
      if (!group) {
        group = { id: detached(id), accumulators: outputs.map(output => output.start()) }
        groups.set(key, group)
      }
      for (const accumulator of group.accumulators) accumulator.add(row)
    },
    result: () => Array.from(groups.values(), group => groupDocument(group, outputs)),
  }
}

/**
 * Equal ids have equal keys, others do not. What most ids are spares the making of an index key: a number that a
 * double holds is its own, a text begins with the last byte of its length, which is 0 as no other key's first is.
 */
function groupKey(id: RawValue): string | number {
  if (id.type === TYPE.int) return readInt32(id.bytes, id.start)
  if (isNumber(id.type) && !inexactPart(id)) return nearestDouble(id)
  if (classOf(id.type) === CLASS.string)
    return asBuffer(id.bytes).toString('latin1', id.start + 3, id.end - 1)
  return encodeRaw(id).toString('latin1')
}

function groupDocument({ id, accumulators }: Group, outputs: readonly Output[]): Uint8Array {
  const writer = byteWriter(256)
  const start = beginDocument(writer)
  writeElement(writer, '_id', id)
  outputs.forEach(({ name }, i) => {
    writeElement(writer, name, accumulators[i]!.result() ?? NULL)
  })
  endDocument(writer, start)
  return written(writer)
}

function compileOutput(name: string, field: unknown, variables: Variables): Output {
  if (name.includes('.')) throw locationError(40235, `The field name '${name}' cannot contain '.'`)
  if (name.startsWith('$')) throw locationError(40236, `The field name '${name}' cannot be an operator name`)
  if (!isDocument(field)) throw locationError(40234, `The field '${name}' must be an accumulator object`)
  const [operator, ...more] = Object.keys(field)
  if (operator === undefined || more.length > 0)
    throw locationError(40238, `The field '${name}' must specify one accumulator`)
  return { name, start: compileAccumulator(operator, field, variables) }
}

function compileAccumulator(operator: string, field: Document, variables: Variables): () => RowAccumulator {
  const start = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined
  if (!start) return libraryAccumulator(operator, field[operator], variables)
  if (operator === '$count') refuseCountArgument(field[operator])
  const evaluate = compileExpression(field[operator], variables)
  return () => overRows(start(), evaluate)
}

function overRows(accumulator: Accumulator, evaluate: Expression): RowAccumulator {
  return { add: row => accumulator.add(evaluate(row)), result: () => accumulator.result() }
}

function refuseCountArgument(operand: unknown): void {
  if (!isDocument(operand) || Object.keys(operand).length > 0)
    throw mongoError('TypeMismatch', '$count takes no arguments, i.e. $count:{}')
}
