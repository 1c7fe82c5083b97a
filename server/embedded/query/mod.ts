import { numberOf } from '../bson/document.ts'
import { rawOf } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'
import { truncated } from './integer.ts'

/** `$mod: [divisor, remainder]`; fractions are cut off on both sides, as MongoDB does. */
export function modTest(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw mongoError('BadValue', 'malformed mod, needs to be an array')
  if (operand.length < 2) throw mongoError('BadValue', 'malformed mod, not enough elements')
  if (operand.length > 2) throw mongoError('BadValue', 'malformed mod, too many elements')
  const divisor = whole('divisor', operand[0])
  const remainder = whole('remainder', operand[1])
  if (divisor === 0n) throw mongoError('BadValue', 'divisor cannot be 0')
  return value => {
    const dividend = value && truncated(value)
    return dividend !== undefined && dividend % divisor === remainder
  }
}

function whole(name: string, value: unknown): bigint {
  if (numberOf(value) === undefined) throw mongoError('BadValue', `malformed mod, ${name} not a number`)
  const number = truncated(rawOf(value))
  if (number === undefined) throw mongoError('BadValue', `malformed mod, ${name} value is invalid`)
  return number
}
