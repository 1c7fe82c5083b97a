import { describe, expect, it } from 'vitest'
import { Order } from '../../server/workflow/order.ts'
import { baseFields, orderFields } from '../../server/workflow/order-fields.ts'

interface Shape {
  readonly type?: string
  readonly ui?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

/** Every leaf of the order's schema with its type, lists as their entries. */
function leaves(shape: Shape, path: string): string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, part]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (part.properties) return leaves(part, at)
    return part.items
      ? [`${at}: list`, ...leaves(part.items, '').map(leaf => `${at}[].${leaf}`)]
      : [`${at}: ${typeOf(part)}`]
  })
}

function typeOf({ type, ui }: Shape): string {
  if (ui === 'money' || ui === 'instant') return ui
  return type === 'integer' ? 'number' : (type ?? 'string')
}

describe('orderFields', () => {
  it('are the fields of the unified order, all of them and of their types', () => {
    const told = orderFields.flatMap(({ path, type, entry = [] }) => [
      `${path}: ${type}`,
      ...entry.map(each => `${path}[].${each.path}: ${each.type}`),
    ])
    expect(told.sort()).toEqual(leaves(Order as Shape, 'order').sort())
  })

  it('may be empty where the schema says so', () => {
    const optional = orderFields.filter(field => field.optional).map(({ path }) => path)
    expect(optional.sort()).toEqual([
      'order.address.point.lat',
      'order.address.point.lng',
      'order.afterSale',
      'order.carrier',
      'order.modifiedAt',
      'order.paidAt',
      'order.waybill',
    ])
  })

  it('have a path and names of their own', () => {
    const all = [...orderFields, ...baseFields]
    for (const key of ['zh', 'en'] as const)
      expect(new Set(all.map(({ name }) => name[key])).size).toBe(all.length)
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length)
  })

  it('mark what identifies the buyer', () => {
    const personal = orderFields.filter(field => field.personal).map(({ path }) => path)
    expect(personal).toEqual(
      expect.arrayContaining(['order.order_customer_name', 'order.phone', 'order.address.detail']),
    )
  })
})
