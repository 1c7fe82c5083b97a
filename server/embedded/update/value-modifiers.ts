import { Timestamp } from 'bson'
import { compareRaw } from '../bson/compare.ts'
import { isDocument } from '../bson/document.ts'
import { closeNode } from '../bson/node.ts'
import { rawOf } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import { identical, type Modifier, REMOVED } from './modifier.ts'

/** `$set` */
export function setTo(operand: unknown): Modifier {
  const value = rawOf(operand)
  return current => (current && identical(current, value) ? undefined : value)
}

/** `$setOnInsert` */
export function setOnInsert(operand: unknown): Modifier {
  const set = setTo(operand)
  return (current, path, context) => (context.isInsert ? set(current, path, context) : undefined)
}

/** `$unset` */
export function unset(): Modifier {
  return current => (current === undefined ? undefined : REMOVED)
}

/** `$min` (sign -1) and `$max` (sign 1), in MongoDB's comparison order across all types. */
export function extreme(sign: 1 | -1, operand: unknown): Modifier {
  const value = rawOf(operand)
  return current =>
    current === undefined || compareRaw(value, closeNode(current)) * sign > 0 ? value : undefined
}

/** `$currentDate`: true, or the type wanted. */
export function currentDate(operand: unknown): Modifier {
  const type = isDocument(operand) && Object.keys(operand).length === 1 ? operand.$type : operand
  if (typeof operand === 'boolean' || type === 'date') return (_current, _path, { now }) => rawOf(now)
  if (type === 'timestamp') return (_current, _path, { now }) => rawOf(timestampOf(now))
  throw mongoError(
    'BadValue',
    "$currentDate takes a boolean or a document with the '$type' string field set to 'date' or 'timestamp'",
  )
}

function timestampOf(now: Date): Timestamp {
  return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 })
}
