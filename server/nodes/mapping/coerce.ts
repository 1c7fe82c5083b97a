import { numberFrom } from './decimal.ts'
import { Fault, fault } from './fault.ts'
import { instantFrom } from './instant.ts'
import type { TargetType } from './targets.ts'
import { booleanFrom } from './words.ts'

type Coerce = (value: unknown) => unknown

/**
 * The last step of every field: a value of the type the unified field has, or a fault. Only what cannot be
 * misread is converted by itself ("2" is a quantity); "119.00" as fen is refused, since yuan was meant.
 */
export const coercions: Readonly<Record<TargetType, Coerce>> = {
  text: textFrom,
  number: numberFrom,
  integer: integerFrom,
  money: integerFrom,
  instant: value => instantFrom(value),
  boolean: value => booleanFrom(value),
  kind: value => (value === 'sale' || value === 'return' ? value : fault('NOT_ALLOWED')),
  address: value => (typeof value === 'object' && value !== null ? value : fault('ADDRESS_UNCLEAR')),
}

function textFrom(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return fault('NOT_A_TEXT')
  // An id that came as a double beyond 2^53 has lost its last digits: taking it would merge different orders.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? fault('NUMBER_TOO_LARGE') : String(value)
}

function integerFrom(value: unknown): unknown {
  const number = numberFrom(value)
  return number instanceof Fault || Number.isInteger(number) ? number : fault('NOT_AN_INTEGER')
}
