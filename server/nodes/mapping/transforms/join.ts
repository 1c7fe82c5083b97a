import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { defineTransform } from '../transform.ts'

/** All values of a list (`attrs[].value`) as one text. */
export const join = defineTransform({
  use: 'join',
  name: { zh: '连接多个值', en: 'Join values' },
  suits: ['text', 'address'],
  options: {
    separator: Type.Optional(Type.String({ ...hint('分隔', 'Separator'), maxLength: 10, default: ' ' })),
  },
  reads: 'whole',
  compile: ({ separator = ' ' }) => {
    return value =>
      Array.isArray(value)
        ? value.filter(part => typeof part === 'string' || typeof part === 'number').join(separator)
        : value
  },
})
