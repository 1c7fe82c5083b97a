import type { FieldSpec } from '../../server/workflow/field.ts'
import { orderFields } from '../../server/workflow/order-fields.ts'

/**
 * The fields a param may name. `among` an object their paths are told from there on, and those of its lists by
 * `items[].sku`; an order has its fields wherever the node stands.
 */
export function fieldsAmong(scope: readonly FieldSpec[], among: string | undefined): readonly FieldSpec[] {
  if (among === undefined) return scope.filter(({ type }) => type !== 'list' && type !== 'object')
  const start = `${among}.`
  const known = among === 'order' ? orderFields : scope
  return known
    .filter(({ path }) => path.startsWith(start))
    .flatMap(field => {
      const path = field.path.slice(start.length)
      if (field.type !== 'list') return [{ ...field, path }]
      return (field.entry ?? []).map(each => ({ ...each, path: `${path}[].${each.path}` }))
    })
}

/** The field a value is for, by what the param beside it says. */
export function suitedField(path: unknown, scope: readonly FieldSpec[]): FieldSpec | undefined {
  if (typeof path !== 'string') return undefined
  return (
    scope.find(field => field.path === path) ?? fieldsAmong(scope, 'order').find(field => field.path === path)
  )
}
