import { fault } from '../fault.ts'
import { splitAddress as split } from '../split-address.ts'
import { defineTransform } from '../transform.ts'

/** One line into province, city, district and the rest; for the field `address`. */
export const splitAddress = defineTransform({
  use: 'splitAddress',
  name: { zh: '拆分地址', en: 'Split address' },
  suits: ['address'],
  options: {},
  compile: () => value => (typeof value === 'string' ? split(value) : fault('ADDRESS_UNCLEAR')),
})
