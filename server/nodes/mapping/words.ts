import { type Fault, fault } from './fault.ts'

const YES = new Set(['true', '1', 'yes', 'y', 'on', '是', '有', '加急', '对', '真'])
const NO = new Set(['false', '0', 'no', 'n', 'off', '否', '无', '不', '普通', '不加急', '错', '假'])

/** A yes or no as people and platforms write it. Own words come before the usual ones. */
export function booleanFrom(
  value: unknown,
  ownYes?: ReadonlySet<string>,
  ownNo?: ReadonlySet<string>,
): boolean | Fault {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && typeof value !== 'number') return fault('NOT_A_BOOLEAN')
  const word = String(value).trim().toLowerCase()
  if (ownYes?.has(word)) return true
  if (ownNo?.has(word)) return false
  return YES.has(word) ? true : NO.has(word) ? false : fault('NOT_A_BOOLEAN')
}
