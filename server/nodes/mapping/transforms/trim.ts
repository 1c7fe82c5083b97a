import { defineTransform } from '../transform.ts'

/** Spaces, full-width spaces and byte-order marks around a text; a text of nothing else counts as no value. */
export const trim = defineTransform({
  use: 'trim',
  name: { zh: '去掉首尾空格', en: 'Trim' },
  suits: ['text'],
  options: {},
  compile: () => value => (typeof value === 'string' ? value.trim() : value),
})
