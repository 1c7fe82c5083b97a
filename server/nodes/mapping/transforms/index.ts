import { Type } from 'typebox'
import type { Transform } from '../transform.ts'
import { abs } from './abs.ts'
import { boolean } from './boolean.ts'
import { codes } from './codes.ts'
import { constant } from './constant.ts'
import { date } from './date.ts'
import { join } from './join.ts'
import { number } from './number.ts'
import { pattern } from './pattern.ts'
import { phone } from './phone.ts'
import { splitAddress } from './split-address.ts'
import { sum } from './sum.ts'
import { template } from './template.ts'
import { trim } from './trim.ts'
import { yuan } from './yuan.ts'

/** Every transform there is; a new one is a file and a line here. */
const list = [
  trim,
  number,
  yuan,
  date,
  phone,
  splitAddress,
  codes,
  constant,
  template,
  pattern,
  abs,
  boolean,
  join,
  sum,
] as const

export const transforms: ReadonlyMap<string, Transform> = new Map(list.map(entry => [entry.use, entry]))

/** One step of a field's mapping: `{ use: 'date', format: 'epoch-seconds' }`. */
export const TransformStep = Type.Union([
  trim.options,
  number.options,
  yuan.options,
  date.options,
  phone.options,
  splitAddress.options,
  codes.options,
  constant.options,
  template.options,
  pattern.options,
  abs.options,
  boolean.options,
  join.options,
  sum.options,
])
