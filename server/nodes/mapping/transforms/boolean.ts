import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { defineTransform } from '../transform.ts'
import { booleanFrom } from '../words.ts'

const words = (zh: string, en: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { ...hint(zh, en), maxItems: 50 }))

export const boolean = defineTransform({
  use: 'boolean',
  name: { zh: '是或否', en: 'Yes or no' },
  suits: ['boolean'],
  options: { yes: words('表示「是」的词', 'Words for yes'), no: words('表示「否」的词', 'Words for no') },
  compile: ({ yes = [], no = [] }) => {
    const isYes = new Set(yes.map(word => word.trim().toLowerCase()))
    const isNo = new Set(no.map(word => word.trim().toLowerCase()))
    return value => booleanFrom(value, isYes, isNo)
  },
})
