import { phoneFrom } from '../phone.ts'
import { defineTransform } from '../transform.ts'

export const phone = defineTransform({
  use: 'phone',
  name: { zh: '规范电话号码', en: 'Phone number' },
  suits: ['text'],
  options: {},
  compile: () => phoneFrom,
})
