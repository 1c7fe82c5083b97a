import { numberFrom } from '../decimal.ts'
import { defineTransform } from '../transform.ts'

export const number = defineTransform({
  use: 'number',
  name: { zh: '转为数字', en: 'Number' },
  suits: ['integer', 'number', 'text'],
  options: {},
  compile: () => numberFrom,
})
