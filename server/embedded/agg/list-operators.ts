import { integerOfRaw } from '../bson/arithmetic.ts'
import { closeNode, documentFields, openDocument, setChild } from '../bson/node.ts'
import { isNumber, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { rawInt } from '../bson/raw-value.ts'
import { TYPE, typeName } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import {
  type CompileOperator,
  type Expression,
  elementsOf,
  exactly,
  FALSE,
  isNullish,
  NULL,
  operandsOf,
  TRUE,
} from './operands.ts'

/** Operators that take lists and documents apart and put them together; what is inside passes through as it is. */
export const LIST_OPERATORS: Readonly<Record<string, CompileOperator>> = {
  $mergeObjects(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => {
      const values = operands.map(evaluate => evaluate(row))
      const [only] = values
      const isList = values.length === 1 && only?.type === TYPE.array
      const merged = openDocument()
      for (const value of isList ? elementsOf(only) : values) {
        if (isNullish(value)) continue
        if (value.type !== TYPE.object)
          throw locationError(40400, `$mergeObjects requires object inputs, not ${typeName(value.type)}`)
        for (const [name, field] of documentFields(value)) setChild(merged, name, field)
      }
      return closeNode(merged)
    }
  },

  $concatArrays(operand, compile) {
    const operands = operandsOf(operand).map(compile)
    return row => {
      const items: RawValue[] = []
      for (const evaluate of operands) {
        const list = evaluate(row)
        if (isNullish(list)) return NULL
        items.push(...elementsOf(listIn('$concatArrays', 28664, list)))
      }
      return listOf(items)
    }
  },

  $arrayElemAt(operand, compile) {
    const [listAt, indexAt] = exactly(2, '$arrayElemAt', operand).map(compile)
    return row => {
      const [list, index] = [listAt!(row), indexAt!(row)]
      if (isNullish(list) || isNullish(index)) return NULL
      return elementsOf(listIn('$arrayElemAt', 28689, list)).at(wholeIn('$arrayElemAt', 28690, index))
    }
  },

  $slice(operand, compile) {
    const operands = operandsOf(operand)
    const [listAt, first, second] = (operands.length === 3 ? operands : exactly(2, '$slice', operand)).map(
      compile,
    )
    return row => {
      const [list, a, b] = [listAt!(row), first!(row), second?.(row)]
      if (isNullish(list) || isNullish(a) || (second && isNullish(b))) return NULL
      const items = elementsOf(listIn('$slice', 28724, list))
      const from = wholeIn('$slice', 28725, a)
      if (!b) return listOf(from < 0 ? items.slice(from) : items.slice(0, from))
      const count = wholeIn('$slice', 28727, b)
      if (count <= 0) throw locationError(28729, `Third argument to $slice must be positive: ${count}`)
      const start = from < 0 ? Math.max(0, items.length + from) : from
      return listOf(items.slice(start, start + count))
    }
  },

  $first: element('$first', 0),
  $last: element('$last', -1),

  $reverseArray(operand, compile) {
    const [listAt] = exactly(1, '$reverseArray', operand).map(compile)
    return row => {
      const list = listAt!(row)
      return isNullish(list) ? NULL : listOf(elementsOf(listIn('$reverseArray', 34435, list)).reverse())
    }
  },

  $size(operand, compile) {
    const [listAt] = exactly(1, '$size', operand).map(compile)
    return row => {
      const list = listAt!(row)
      if (list?.type === TYPE.array) return rawInt(elementsOf(list).length)
      const type = list ? typeName(list.type) : 'missing'
      throw locationError(17124, `The argument to $size must be an array, but was of type: ${type}`)
    }
  },

  $isArray(operand, compile) {
    const [evaluate] = exactly(1, '$isArray', operand).map(compile)
    return row => (evaluate!(row)?.type === TYPE.array ? TRUE : FALSE)
  },
}

function element(operator: string, at: number): CompileOperator {
  return (operand, compile): Expression => {
    const [listAt] = exactly(1, operator, operand).map(compile)
    return row => {
      const list = listAt!(row)
      return isNullish(list) ? NULL : elementsOf(listIn(operator, 28689, list)).at(at)
    }
  }
}

function listOf(items: RawValue[]): RawValue {
  return closeNode({ type: TYPE.array, items })
}

function listIn(operator: string, code: number, value: RawValue): RawValue {
  if (value.type === TYPE.array) return value
  throw locationError(code, `${operator} takes an array, not ${typeName(value.type)}`)
}

function wholeIn(operator: string, code: number, value: RawValue): number {
  if (!isNumber(value.type))
    throw locationError(code, `${operator} takes a number for a place, not ${typeName(value.type)}`)
  const isWhole = value.type === TYPE.int || value.type === TYPE.long
  const number = isWhole ? Number(integerOfRaw(value)) : nearestDouble(value)
  if (Number.isInteger(number)) return number
  throw locationError(code + 1, `${operator} takes a whole number for a place, not ${number}`)
}
