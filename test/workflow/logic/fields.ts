import type { FieldSpec } from '../../../server/workflow/field.ts'
import { baseFields, orderFields } from '../../../server/workflow/order-fields.ts'

const pieces = { zh: '件', en: 'pcs' }
const km = { zh: 'km', en: 'km' }

export const stockFields: readonly FieldSpec[] = [
  { path: 'stock.own.available', type: 'number', name: { zh: '本仓可用', en: 'own stock' }, unit: pieces },
  { path: 'stock.own.need', type: 'number', name: { zh: '需要', en: 'needed' }, unit: pieces },
  { path: 'stock.near.covers', type: 'boolean', name: { zh: '邻近仓够货', en: 'nearest warehouse has it' } },
  {
    path: 'stock.near.distanceKm',
    type: 'number',
    name: { zh: '邻近仓距离', en: 'distance' },
    unit: km,
    optional: true,
  },
]

/** The fields conditions are tried on in tests: an order with its stock. */
export const fields: readonly FieldSpec[] = [...orderFields, ...baseFields, ...stockFields]

export const v = (path: string) => ({ var: path })
