import { LogicError } from './logic-error.ts'

/** Most entries and characters a value may grow to while a rule is worked out. */
const MAX_VALUE_SIZE = 100_000

/** JsonLogic's truth: JavaScript's, with the empty list counting as false. */
export function truthy(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  return Boolean(value) && !(Array.isArray(value) && value.length === 0)
}

/** JsonLogic's reading of an addend: the number a text begins with, NaN where there is none. */
export function toNumber(value: unknown): number {
  // `+ 0` turns -0 into 0, as the round trip through text in the reference does.
  return typeof value === 'number' ? value + 0 : Number.parseFloat(String(value))
}

/** True for what a rule can hold without being worked out: no list and no object. */
export function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

/**
 * Refuses a value that grew beyond bounds: each turn of a `reduce` may double what it carries.
 * @throws LogicError `VALUE_TOO_LARGE`
 */
export function assertModest(value: unknown): void {
  if (typeof value === 'number' || typeof value === 'boolean') return
  let size = 0
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    size += typeof next === 'string' || Array.isArray(next) ? next.length : 1
    if (size > MAX_VALUE_SIZE) throw new LogicError('VALUE_TOO_LARGE', 'A value grew beyond its bounds')
    if (Array.isArray(next)) for (const entry of next) pending.push(entry)
  }
}
