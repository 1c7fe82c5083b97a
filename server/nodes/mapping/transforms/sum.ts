import { numberFrom } from '../decimal.ts'
import { Fault } from '../fault.ts'
import { defineTransform } from '../transform.ts'

/** The sum of a list of whole numbers (`lines[].paid`, after 元换算成分). */
export const sum = defineTransform({
  use: 'sum',
  name: { zh: '求和', en: 'Sum' },
  suits: ['integer', 'number', 'money'],
  options: {},
  reads: 'whole',
  compile: () => value => {
    if (!Array.isArray(value)) return value
    let total = 0
    for (const part of value) {
      const number = numberFrom(part)
      if (number instanceof Fault) return number
      total += number
    }
    return total
  },
})
