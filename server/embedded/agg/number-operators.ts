import { absolute, add, divide, multiply, remainder, roundTo, subtract } from '../bson/arithmetic.ts'
import { isNumber, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawDouble, rawInt, rawOf, readLong } from '../bson/raw-value.ts'
import { TYPE, typeName } from '../bson/types.ts'
import { locationError, type MongoError, mongoError } from '../errors.ts'
import { ACCUMULATORS } from './accumulators.ts'
import { type CompileOperator, elementsOf, exactly, isNullish, NULL, operandsOf } from './operands.ts'

/** Arithmetic with MongoDB's number types: the result is of the widest of the operands' types. */
export const NUMBER_OPERATORS: Readonly<Record<string, CompileOperator>> = {
  $add(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => {
      let sum: RawValue = rawInt(0)
      for (const evaluate of operands) {
        const value = evaluate(row)
        if (isNullish(value)) return NULL
        sum = added(sum, value)
      }
      return sum
    }
  },

  $subtract: binary('$subtract', (a, b) => {
    if (a.type === TYPE.date && b.type === TYPE.date)
      return subtract(asLong(a), asLong(b)) ?? rawDouble(Number.NaN)
    if (a.type === TYPE.date && isNumber(b.type)) return dateAt(readLong(a.bytes, a.start) - nearestDouble(b))
    if (!isNumber(a.type) || !isNumber(b.type))
      throw mongoError('TypeMismatch', `can't $subtract ${typeName(b.type)} from ${typeName(a.type)}`)
    return subtract(a, b) ?? rawDouble(nearestDouble(a) - nearestDouble(b))
  }),

  $multiply(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => {
      let product: RawValue = rawInt(1)
      for (const evaluate of operands) {
        const value = evaluate(row)
        if (isNullish(value)) return NULL
        if (!isNumber(value.type)) throw notNumeric('$multiply', value)
        product = multiply(product, value) ?? rawDouble(nearestDouble(product) * nearestDouble(value))
      }
      return product
    }
  },

  $divide: binary('$divide', (a, b) => {
    if (!isNumber(a.type) || !isNumber(b.type)) throw notNumeric('$divide', a, b)
    if (nearestDouble(b) === 0) throw mongoError('BadValue', "can't $divide by zero")
    return divide(a, b)
  }),

  $mod: binary('$mod', (a, b) => {
    if (!isNumber(a.type) || !isNumber(b.type)) throw locationError(16611, notNumeric('$mod', a, b).message)
    if (nearestDouble(b) === 0) throw locationError(16610, "can't $mod by zero")
    return remainder(a, b)
  }),

  $abs: unary('$abs', absolute),
  $ceil: unary('$ceil', value => roundTo('up', value)),
  $floor: unary('$floor', value => roundTo('down', value)),

  $sum: gathering('$sum'),
  $avg: gathering('$avg'),
  $min: gathering('$min'),
  $max: gathering('$max'),
}

function added(sum: RawValue, value: RawValue): RawValue {
  const date = sum.type === TYPE.date ? sum : value.type === TYPE.date ? value : undefined
  const number = date === sum ? value : sum
  if (date && number.type === TYPE.date)
    throw locationError(16612, 'only one date allowed in an $add expression')
  if (!isNumber(number.type) || (!date && !isNumber(value.type)))
    throw mongoError(
      'TypeMismatch',
      `$add only supports numeric or date types, not ${typeName((isNumber(number.type) ? value : number).type)}`,
    )
  if (date) return dateAt(readLong(date.bytes, date.start) + nearestDouble(number))
  return add(sum, value) ?? rawDouble(nearestDouble(sum) + nearestDouble(value))
}

function binary(operator: string, apply: (a: RawValue, b: RawValue) => RawValue): CompileOperator {
  return (operand, compile) => {
    const [left, right] = exactly(2, operator, operand).map(compile)
    return row => {
      const [a, b] = [left!(row), right!(row)]
      return isNullish(a) || isNullish(b) ? NULL : apply(a, b)
    }
  }
}

function unary(operator: string, apply: (value: RawValue) => RawValue): CompileOperator {
  return (operand, compile) => {
    const [evaluate] = exactly(1, operator, operand).map(compile)
    return row => {
      const value = evaluate!(row)
      if (isNullish(value)) return NULL
      if (!isNumber(value.type)) throw locationError(28765, notNumeric(operator, value).message)
      return apply(value)
    }
  }
}

/** An accumulator as an expression: over its operands, or over the elements of the one that is an array. */
function gathering(operator: string): CompileOperator {
  return (operand, compile) => {
    const operands = operandsOf(operand).map(compile)
    return row => {
      const values = operands.map(evaluate => evaluate(row))
      const [only] = values
      const isList = values.length === 1 && only?.type === TYPE.array
      const accumulator = ACCUMULATORS[operator]!()
      for (const value of isList ? elementsOf(only) : values) accumulator.add(value)
      return accumulator.result() ?? NULL
    }
  }
}

function asLong({ bytes, start, end }: RawValue): RawValue {
  return { type: TYPE.long, bytes, start, end }
}

function dateAt(ms: number): RawValue {
  return rawOf(new Date(Math.round(ms)))
}

function notNumeric(operator: string, ...values: RawValue[]): MongoError {
  const types = values.map(value => typeName(value.type)).join(' and ')
  return mongoError('TypeMismatch', `${operator} only supports numeric types, not ${types}`)
}
