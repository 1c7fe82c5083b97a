import type { FieldSpec } from '../../server/workflow/field.ts'
import { pathReader } from '../../server/workflow/logic/own.ts'
import { isRecord } from '../../server/workflow/param-parts.ts'
import { formatValue } from '../../server/workflow/words.ts'

const HOLE = /\{([^{}]*)\}/g

/** What a field is called in a template, by its path. */
export type FieldNames = ReadonlyMap<string, string>

/** A stored template as people read it: `缺货 {order.orderId}` → 缺货 {订单号}. Unknown holes stay as they are. */
export function shownTemplate(template: string, names: FieldNames): string {
  return template.replace(HOLE, (hole, path: string) => {
    const name = names.get(path.trim())
    return name === undefined ? hole : `{${name}}`
  })
}

/** The other way round. Where two fields are called the same, a hole is the first of them. */
export function storedTemplate(text: string, names: FieldNames): string {
  const paths = new Map([...names].reverse().map(([path, name]) => [name, path]))
  return text.replace(HOLE, (hole, name: string) => {
    const path = paths.get(name.trim())
    return path === undefined ? hole : `{${path}}`
  })
}

/** The template filled from a sample the way a run fills it; a field without a value reads —. */
export function filledTemplate(template: string, fields: readonly FieldSpec[], data: unknown): string {
  return template.replace(HOLE, (_, hole: string) => {
    const path = hole.trim()
    const value = pathReader(path.split('.'))(data)
    if (value === undefined || value === null || value === '') return '—'
    if (path === 'order.items' && Array.isArray(value)) return itemWords(value)
    return formatValue(
      value,
      fields.find(field => field.path === path),
    ).zh
  })
}

const MOST_ITEMS = 5

/** `MILK-1×2、MILK-2×1` */
function itemWords(items: readonly unknown[]): string {
  const words = items
    .filter(isRecord)
    .slice(0, MOST_ITEMS)
    .map(({ sku, quantity }) => `${String(sku)}×${String(quantity)}`)
  return words.join('\u3001') + (items.length > MOST_ITEMS ? ' …' : '')
}
