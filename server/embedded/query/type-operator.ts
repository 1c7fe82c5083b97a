import { numberOf } from '../bson/document.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'

/** The names `$type` accepts (manual, "BSON Types"). */
const ALIASES: Readonly<Record<string, readonly number[]>> = {
  double: [TYPE.double],
  string: [TYPE.string],
  object: [TYPE.object],
  array: [TYPE.array],
  binData: [TYPE.binData],
  undefined: [TYPE.undefined],
  objectId: [TYPE.objectId],
  bool: [TYPE.bool],
  date: [TYPE.date],
  null: [TYPE.null],
  regex: [TYPE.regex],
  dbPointer: [TYPE.dbPointer],
  javascript: [TYPE.javascript],
  symbol: [TYPE.symbol],
  javascriptWithScope: [TYPE.javascriptWithScope],
  int: [TYPE.int],
  timestamp: [TYPE.timestamp],
  long: [TYPE.long],
  decimal: [TYPE.decimal],
  minKey: [TYPE.minKey],
  maxKey: [TYPE.maxKey],
  number: [TYPE.int, TYPE.double, TYPE.long, TYPE.decimal],
}

const CODES = new Set<number>(Object.values(TYPE))

/** `$type`: one type or a list of them, each a name or a number. */
export function typeTest(operand: unknown): ValueTest {
  const wanted = Array.isArray(operand) ? operand : [operand]
  if (wanted.length === 0) throw mongoError('FailedToParse', '$type must match at least one type')
  const types = new Set(wanted.flatMap(typesOf))
  return value => value !== undefined && types.has(value.type)
}

function typesOf(wanted: unknown): readonly number[] {
  if (typeof wanted === 'string') {
    const types = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : undefined
    if (!types) throw mongoError('BadValue', `Unknown type name alias: ${wanted}`)
    return types
  }
  const code = numberOf(wanted)
  if (code === undefined) throw mongoError('TypeMismatch', 'type must be represented as a number or a string')
  const type = code === -1 ? TYPE.minKey : code
  if (!CODES.has(type) || code === TYPE.minKey)
    throw mongoError('BadValue', `Invalid numerical type code: ${code}`)
  return [type]
}
