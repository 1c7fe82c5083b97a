import { BSONRegExp, Double, Int32 } from 'bson'
import { encodeRaw, encodeValue } from '../bson/key.ts'
import { inexactPart, isNumber, nearestDouble } from '../bson/number.ts'
import type { RawValue } from '../bson/raw.ts'
import { stringOf } from '../bson/raw-value.ts'
import { CLASS, classOf } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'
import { isOperators } from './operand.ts'
import { regexTest } from './regex.ts'

/** Strings, ints and doubles are looked up as they are, all that is rare by its index key. */
interface Members {
  readonly strings: Set<string>
  readonly numbers: Set<number>
  readonly keys: Set<string>
}

/** Whether a value is one of many: a hash look-up however long the list is. */
export function oneOf(operator: string, operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw mongoError('BadValue', `${operator} needs an array`)
  const members: Members = { strings: new Set(), numbers: new Set(), keys: new Set() }
  const regexes: ValueTest[] = []
  let missing = false
  for (const item of operand) {
    if (typeof item === 'string') members.strings.add(item)
    else if (item instanceof Int32 || item instanceof Double) members.numbers.add(item.value)
    else if (item instanceof BSONRegExp) regexes.push(regexTest(item))
    else if (isOperators(item)) throw mongoError('BadValue', `cannot nest $ under ${operator}`)
    else {
      missing ||= item === null || item === undefined
      members.keys.add(keyText(encodeValue(item, 1)))
    }
  }
  return value => {
    if (value === undefined) return missing
    return holds(members, value) || regexes.some(test => test(value))
  }
}

function holds({ strings, numbers, keys }: Members, value: RawValue): boolean {
  if (classOf(value.type) === CLASS.string) return strings.size > 0 && strings.has(stringOf(value))
  if (isNumber(value.type) && numbers.has(nearestDouble(value)) && !inexactPart(value)) return true
  return keys.size > 0 && keys.has(keyText(encodeRaw(value)))
}

/** Equal values have equal keys, whatever their number type. */
function keyText(key: Buffer): string {
  return key.toString('latin1')
}
