import { numberFrom } from '../decimal.ts'
import { Fault } from '../fault.ts'
import { defineTransform } from '../transform.ts'

/** The number without its sign. A text keeps its digits as written, so that `-2.50` can still become 250 fen. */
export const abs = defineTransform({
  use: 'abs',
  name: { zh: '取绝对值', en: 'Absolute value' },
  suits: ['integer', 'number', 'money'],
  options: {},
  compile: () => value => {
    if (typeof value === 'string' && /^\s*-/.test(value)) return value.trim().slice(1)
    const number = numberFrom(value)
    return number instanceof Fault ? number : typeof value === 'number' ? Math.abs(number) : value
  },
})
