import { EJSON, Int32 } from 'bson'
import { add, integerOfRaw, multiply, rawLong } from '../bson/arithmetic.ts'
import { isDocument, isLong, isNumeric } from '../bson/document.ts'
import type { Node } from '../bson/node.ts'
import { isNumber } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawInt, rawOf } from '../bson/raw-value.ts'
import { TYPE, typeName } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { documentName, identical, type Modifier, type ModifierContext } from './modifier.ts'
import { describe } from './place.ts'

/** `$inc` */
export function increment(operand: unknown, path: string): Modifier {
  const amount = amountOf('increment', operand, path)
  return (current, at, context) => {
    if (current === undefined) return amount
    const number = numberIn(current, '$inc', at, context)
    return unlessSame(number, inRange(add(number, amount), '$inc', number, context))
  }
}

/** `$mul`; a missing field becomes zero of the factor's type. */
export function multiplyBy(operand: unknown, path: string): Modifier {
  const factor = amountOf('multiply', operand, path)
  return (current, at, context) => {
    if (current === undefined) return inRange(multiply(rawInt(0), factor), '$mul', factor, context)
    const number = numberIn(current, '$mul', at, context)
    return unlessSame(number, inRange(multiply(number, factor), '$mul', number, context))
  }
}

const BIT_OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
}

/** `$bit: { and | or | xor: integer }`; several are applied one after the other. */
export function changeBits(operand: unknown, path: string): Modifier {
  if (!isDocument(operand))
    throw mongoError(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeName(rawOf(operand).type)}. ` +
        'You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}',
    )
  const steps = Object.entries(operand).map(([name, mask]) => bitStep(name, mask, path))
  if (steps.length === 0)
    throw mongoError(
      'BadValue',
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    )
  return (current, _at, context) => {
    const start = current ?? rawInt(0)
    if (!('bytes' in start) || !isInteger(start))
      throw mongoError(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type.${documentName(context)} has the field ${path} of ` +
          `non-integer type ${typeName(start.type)}`,
      )
    const result = steps.reduce((value, step) => step(value), start)
    return current && identical(current, result) ? undefined : result
  }
}

function bitStep(name: string, mask: unknown, path: string): (value: RawValue) => RawValue {
  const operation = Object.hasOwn(BIT_OPERATIONS, name) ? BIT_OPERATIONS[name] : undefined
  if (!operation)
    throw mongoError(
      'BadValue',
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: ` +
        `{${path}: ${EJSON.stringify(mask)}}`,
    )
  if (!(mask instanceof Int32 || isLong(mask)))
    throw mongoError(
      'BadValue',
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(rawOf(mask).type)}' is not supported here`,
    )
  const operand = rawOf(mask)
  return value => {
    const result = operation(integerOfRaw(value), integerOfRaw(operand))
    return value.type === TYPE.int && operand.type === TYPE.int ? rawInt(Number(result)) : rawLong(result)
  }
}

function amountOf(verb: string, operand: unknown, path: string): RawValue {
  if (!isNumeric(operand))
    throw mongoError(
      'TypeMismatch',
      `Cannot ${verb} with non-numeric argument: {${path}: ${EJSON.stringify(operand)}}`,
    )
  return rawOf(operand)
}

function numberIn(
  current: Node,
  operator: string,
  path: readonly string[],
  context: ModifierContext,
): RawValue {
  if ('bytes' in current && isNumber(current.type)) return current
  throw mongoError(
    'TypeMismatch',
    `Cannot apply ${operator} to a value of non-numeric type. ${documentName(context)} has the field ` +
      `'${path.at(-1)}' of non-numeric type ${typeName(current.type)}`,
  )
}

function inRange(
  result: RawValue | undefined,
  operator: string,
  current: RawValue,
  context: ModifierContext,
): RawValue {
  if (result) return result
  throw mongoError(
    'BadValue',
    `Failed to apply ${operator} operations to current value (${describe(current)}) for document ${documentName(context)}`,
  )
}

function unlessSame(current: RawValue, result: RawValue): RawValue | undefined {
  return identical(current, result) ? undefined : result
}

function isInteger(value: RawValue): boolean {
  return value.type === TYPE.int || value.type === TYPE.long
}
