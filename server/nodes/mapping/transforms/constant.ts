import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { defineTransform, Scalar } from '../transform.ts'

export const constant = defineTransform({
  use: 'constant',
  name: { zh: '固定值', en: 'Constant' },
  suits: ['text', 'kind', 'boolean', 'integer', 'number', 'money', 'instant'],
  options: { value: Type.Union([...Scalar.anyOf], hint('值', 'Value')) },
  reads: 'source',
  compile:
    ({ value }) =>
    () =>
      value,
})
